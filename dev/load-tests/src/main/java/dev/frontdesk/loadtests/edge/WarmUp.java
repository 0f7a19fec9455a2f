package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.Measured;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Load until the JVM has compiled what it will: for a while at least, then until the processor time of a request stays
 * the same, or for too long. On all processors, because a JVM with one processor hardly compiles under load.
 */
final class WarmUp {

    private static final double SAME = 0.05;
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final Options options;

    WarmUp(Options options) {
        this.options = options;
    }

    void run(List<Subject> subjects) {
        var byProcess = new LinkedHashMap<Measured, List<Subject>>();
        for (Subject subject : subjects) {
            byProcess.merge(subject.process(), List.of(subject), WarmUp::joined);
        }
        byProcess.forEach((process, its) -> {
            if (process.isJava()) {
                run(process, its);
            }
        });
    }

    private static List<Subject> joined(List<Subject> first, List<Subject> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void run(Measured process, List<Subject> subjects) {
        Duration least = options.warmUp(process.isBaseline());
        Duration most = options.warmUpAtMost(process.isBaseline(), subjects.size());
        Duration slice = ROUND.dividedBy(subjects.size());
        long start = System.nanoTime();
        Map<String, Double> before = Map.of();
        while (true) {
            Map<String, Double> now = new LinkedHashMap<>();
            for (Subject subject : subjects) {
                now.put(subject.name(), load(subject, slice));
            }
            long elapsed = System.nanoTime() - start;
            System.out.printf(
                    "  warm-up of %s, %d s, us/request:%s%n", process.title(), elapsed / 1_000_000_000, text(now));
            boolean enough = elapsed >= least.toNanos() && agree(before, now);
            if (enough || elapsed >= most.toNanos()) {
                return;
            }
            before = new HashMap<>(now);
        }
    }

    /** @return microseconds of processor time a request */
    private static double load(Subject subject, Duration slice) {
        try (Connections connections = Connections.open(subject.port(), Rounds.CONNECTIONS)) {
            Duration before = subject.process().processor();
            Sent sent = connections.closed(
                    slice, subject.status(), subject.requests().get());
            double micros = subject.process().processor().minus(before).toNanos() / 1e3;
            return micros / Math.max(1, sent.requests());
        }
    }

    private static boolean agree(Map<String, Double> before, Map<String, Double> now) {
        return now.entrySet().stream()
                .allMatch(it -> before.containsKey(it.getKey())
                        && Math.abs(it.getValue() / before.get(it.getKey()) - 1) <= SAME);
    }

    private static String text(Map<String, Double> micros) {
        var text = new StringBuilder();
        micros.forEach((name, value) -> text.append(String.format(Locale.ROOT, " %s %.0f", name, value)));
        return text.toString();
    }
}
