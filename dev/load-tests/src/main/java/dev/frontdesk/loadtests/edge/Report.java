package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a section, and a table for people. */
final class Report {

    private final Results results;
    private final List<Figure> figures = new ArrayList<>();

    Report(Results results) {
        this.results = results;
        for (Measurements each : results.subjects()) {
            add(each, "requests", "1/s", Round::rate);
            add(each, "processor", "us", Round::processor);
            add(each, "p50", "us", Round::p50);
            add(each, "p99", "us", Round::p99);
            add(each, "allocated", "bytes", Round::allocated);
            figure(each, "resident", "MB", Measurements::resident);
            if (!each.sameRate(1).isEmpty()) {
                figure(each, "p50_same_rate", "us", it -> it.sameRate(0.5));
                figure(each, "p99_same_rate", "us", it -> it.sameRate(0.99));
            }
            if (!each.halfRate(1).isEmpty()) {
                figure(each, "p95_half_rate", "us", it -> it.halfRate(0.95));
            }
        }
        figures.addAll(results.others());
    }

    private void add(Measurements each, String what, String unit, ToDoubleFunction<Round> value) {
        figure(each, what, unit, it -> it.values(value));
    }

    private void figure(Measurements each, String what, String unit, Function<Measurements, List<Double>> values) {
        Measurements base = results.baselineOf(each);
        List<Double> ofBase = base == null ? List.of() : values.apply(base);
        List<Double> rounds = values.apply(each);
        figures.add(Figure.of(each.subject().name() + "_" + what, Measurements.median(rounds), unit, 0)
                .withRatio(Measurements.ratio(rounds, ofBase))
                .withSpread(Measurements.spread(rounds)));
    }

    List<Figure> figures() {
        return figures;
    }

    void printTable() {
        System.out.printf(
                "%n%-26s %8s %8s %7s %8s %8s %9s %7s %9s  %s%n",
                "", "req/s", "CPU us", "ratio", "p50 us", "p99 us", "bytes", "RSS MB", "p99 paced", "baseline");
        for (Measurements each : results.subjects()) {
            Measurements base = results.baselineOf(each);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %8.0f %8.0f %7s %8.0f %8.0f %9.0f %7.0f %9s  %s%n",
                    each.subject().name(),
                    median(each, Round::rate),
                    median(each, Round::processor),
                    ratio(each, base),
                    median(each, Round::p50),
                    median(each, Round::p99),
                    median(each, Round::allocated),
                    Measurements.median(each.resident()),
                    each.sameRate(1).isEmpty()
                            ? "-"
                            : String.format(Locale.ROOT, "%.0f", Measurements.median(each.sameRate(0.99))),
                    base == null ? "-" : base.subject().name());
        }
        System.out.println();
    }

    private static double median(Measurements each, ToDoubleFunction<Round> value) {
        return Measurements.median(each.values(value));
    }

    private static String ratio(Measurements each, @Nullable Measurements base) {
        return base == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        Measurements.ratio(each.values(Round::processor), base.values(Round::processor)));
    }
}
