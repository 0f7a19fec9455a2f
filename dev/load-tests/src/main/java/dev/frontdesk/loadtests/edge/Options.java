package dev.frontdesk.loadtests.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param sections which to measure, in this order
 * @param quick a short warm-up and one round, for development
 * @param compare compare with the figures in the repository
 * @param keep replace the figures in the repository
 * @param profile record what our process does, after the rounds
 */
record Options(List<String> sections, boolean quick, boolean compare, boolean keep, boolean profile) {

    static final List<String> SECTIONS = List.of(
            "gateway", "introspection", "cache", "cache-gateway", "cache-loads", "streams", "sign-ups");

    /** Code that only one kind of request uses needs its own time. */
    private static final Duration MORE_OF_EACH = Duration.ofSeconds(30);

    private static final List<String> FLAGS = List.of("--quick", "--compare", "--keep", "--profile");

    Options {
        if (quick && keep) {
            throw new IllegalArgumentException("--keep needs the full warm-up and all rounds: leave out --quick");
        }
    }

    static Options parse(List<String> arguments) {
        var sections = new ArrayList<String>();
        for (String argument : arguments) {
            if (SECTIONS.contains(argument)) {
                sections.add(argument);
            } else if (!FLAGS.contains(argument)) {
                throw new IllegalArgumentException("%s is none of %s and %s"
                        .formatted(argument, String.join(", ", SECTIONS), String.join(", ", FLAGS)));
            }
        }
        return new Options(
                sections.isEmpty() ? SECTIONS : List.copyOf(sections),
                arguments.contains("--quick"),
                arguments.contains("--compare"),
                arguments.contains("--keep"),
                arguments.contains("--profile"));
    }

    /** Many short ones: each subject is compared with its baseline of the same round. */
    int rounds() {
        return quick ? 1 : 7;
    }

    /** Of one subject in one round. */
    Duration load() {
        return Duration.ofSeconds(3);
    }

    /** How long a process is warmed up at least. */
    Duration warmUp(boolean baseline) {
        int seconds = baseline ? 60 : 120;
        return Duration.ofSeconds(quick ? 30 : seconds);
    }

    /** When the warm-up of a process that does not settle ends. */
    Duration warmUpAtMost(boolean baseline, int subjects) {
        return quick ? warmUp(baseline) : warmUp(baseline).plus(MORE_OF_EACH.multipliedBy(subjects));
    }
}
