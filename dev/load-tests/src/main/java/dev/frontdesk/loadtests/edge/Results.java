package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.load.Latencies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rounds measured, what disturbed them, and what was wrong. */
final class Results {

    private final Map<String, Measurements> bySubject = new LinkedHashMap<>();
    private final List<String> noise = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> wrong = new LinkedHashMap<>();
    private double sameRate;

    /** Of one subject. */
    private static final class Measurements {
        private final Subject subject;
        private final List<Round> rounds = new ArrayList<>();
        private final List<Latencies> paced = new ArrayList<>();
        private double resident = Double.NaN;

        private Measurements(Subject subject) {
            this.subject = subject;
        }

        private double median(ToDoubleFunction<Round> value) {
            return Results.median(rounds.stream().map(value::applyAsDouble).toList());
        }

        private double paced(double share) {
            return Results.median(paced.stream().map(it -> it.micros(share)).toList());
        }
    }

    void add(Subject subject, Round round) {
        Measurements all = of(subject);
        all.rounds.add(round);
        all.resident = subject.process().resident();
    }

    void addPaced(Subject subject, Latencies latencies) {
        of(subject).paced.add(latencies);
    }

    private Measurements of(Subject subject) {
        return bySubject.computeIfAbsent(subject.name(), _ -> new Measurements(subject));
    }

    void wrong(Subject subject, Map<String, Integer> responses) {
        responses.forEach((what, count) -> wrong.merge(subject.name() + ": " + what, count, Integer::sum));
    }

    void noise(Subject subject, List<String> what) {
        for (String each : what) {
            System.out.println("NOISY " + subject.name() + ": " + each);
            noise.add(subject.name() + ": " + each);
        }
    }

    /** A condition without which the figures do not count. */
    void check(boolean holds, String what) {
        System.out.println((holds ? "CHECK ok: " : "CHECK FAILED: ") + what);
        if (!holds) {
            failures.add(what);
        }
    }

    /** The rate at which some subjects were measured. */
    void sameRate(double rate) {
        sameRate = rate;
    }

    double rate(Subject subject) {
        return of(subject).median(Round::rate);
    }

    /** @return whether all responses were right and all checks hold */
    boolean report(Figures figures) {
        for (Measurements each : bySubject.values()) {
            figure(figures, each, "requests", "1/s", it -> it.median(Round::rate));
            figure(figures, each, "processor", "us", it -> it.median(Round::processor));
            figure(figures, each, "p50", "us", it -> it.median(Round::p50));
            figure(figures, each, "p99", "us", it -> it.median(Round::p99));
            figure(figures, each, "allocated", "bytes", it -> it.median(Round::allocated));
            figure(figures, each, "resident", "MB", it -> it.resident);
            if (!each.paced.isEmpty()) {
                figure(figures, each, "p50_same_rate", "us", it -> it.paced(0.5));
                figure(figures, each, "p99_same_rate", "us", it -> it.paced(0.99));
            }
        }
        if (sameRate > 0) {
            figures.figure("same_rate", sameRate, "1/s");
        }
        int failed = wrong.values().stream().mapToInt(Integer::intValue).sum();
        wrong.forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
        failures.forEach(what -> System.out.println("CHECK FAILED: " + what));
        figures.figure("noisy", noise.size(), "disturbances");
        figures.figure("failed", failed, "requests");
        table();
        if (!noise.isEmpty()) {
            System.out.println(
                    "NOISY: the machine was disturbed " + noise.size() + " times; do not trust these figures.");
        }
        return failed == 0 && failures.isEmpty();
    }

    private void figure(
            Figures figures, Measurements each, String what, String unit, ToDoubleFunction<Measurements> value) {
        Measurements baseline = bySubject.get(each.subject.baseline());
        figures.figure(
                each.subject.name() + "_" + what,
                value.applyAsDouble(each),
                unit,
                baseline == null || Double.isNaN(value.applyAsDouble(baseline)) ? 0 : value.applyAsDouble(baseline));
    }

    private void table() {
        System.out.printf(
                "%n%-26s %9s %9s %7s %9s %9s %10s %8s %9s  %s%n",
                "", "req/s", "CPU us", "x base", "p50 us", "p99 us", "bytes", "RSS MB", "p99 paced", "base");
        for (Measurements each : bySubject.values()) {
            Measurements baseline = bySubject.get(each.subject.baseline());
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %9.0f %9.0f %7s %9.0f %9.0f %10.0f %8.0f %9s  %s%n",
                    each.subject.name(),
                    each.median(Round::rate),
                    each.median(Round::processor),
                    baseline == null
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    each.median(Round::processor) / baseline.median(Round::processor)),
                    each.median(Round::p50),
                    each.median(Round::p99),
                    each.median(Round::allocated),
                    each.resident,
                    each.paced.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", each.paced(0.99)),
                    baseline == null ? "-" : each.subject.baseline());
        }
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.stream().sorted().toList().get(values.size() / 2);
    }
}
