package dev.frontdesk.loadtests.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param sections which to measure, in this order
 * @param quick a short warm-up and one round, for development
 */
record Options(List<String> sections, boolean quick) {

    static final List<String> SECTIONS = List.of("gateway");

    static Options parse(List<String> arguments) {
        var sections = new ArrayList<String>();
        boolean quick = false;
        for (String argument : arguments) {
            switch (argument) {
                case "--quick" -> quick = true;
                default -> {
                    if (!SECTIONS.contains(argument)) {
                        throw new IllegalArgumentException(
                                argument + " is neither an option nor one of " + String.join(", ", SECTIONS));
                    }
                    sections.add(argument);
                }
            }
        }
        return new Options(sections.isEmpty() ? SECTIONS : List.copyOf(sections), quick);
    }

    int rounds() {
        return quick ? 1 : 3;
    }

    /** Of one round. */
    Duration load() {
        return Duration.ofSeconds(quick ? 3 : 5);
    }

    /** How long a process is warmed up at least. */
    Duration warmUp(boolean baseline) {
        int seconds = quick ? 30 : 120;
        return Duration.ofSeconds(baseline ? seconds / 2 : seconds);
    }

    /** The warm-up of a process that does not settle ends after this many times its least duration. */
    int patience() {
        return quick ? 1 : 2;
    }
}
