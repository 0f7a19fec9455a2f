package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.load.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The rounds of one subject. */
final class Measurements {

    private final Subject subject;
    private final List<Round> rounds = new ArrayList<>();
    private final List<Latencies> sameRate = new ArrayList<>();
    private final List<Latencies> halfRate = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();

    Measurements(Subject subject) {
        this.subject = subject;
    }

    /** @param megabytes resident memory of the process after the round */
    void add(Round round, double megabytes) {
        rounds.add(round);
        resident.add(megabytes);
    }

    void addSameRate(Latencies latencies) {
        sameRate.add(latencies);
    }

    void addHalfRate(Latencies latencies) {
        halfRate.add(latencies);
    }

    Subject subject() {
        return subject;
    }

    /** One value of each round. */
    List<Double> values(ToDoubleFunction<Round> value) {
        return rounds.stream().map(value::applyAsDouble).toList();
    }

    List<Double> resident() {
        return resident;
    }

    /** Microseconds in each round with the same rate for several subjects; empty if there was none. */
    List<Double> sameRate(double share) {
        return sameRate.stream().map(latencies -> latencies.micros(share)).toList();
    }

    /** Microseconds in each round with half of what the subject can do; empty if there was none. */
    List<Double> halfRate(double share) {
        return halfRate.stream().map(latencies -> latencies.micros(share)).toList();
    }

    /**
     * The median of the ratios of each round. What disturbs the machine for longer than a round then disturbs both.
     *
     * @param values one of each round
     * @param baseline as many values, or none
     * @return not a number without a baseline
     */
    static double ratio(List<Double> values, List<Double> baseline) {
        return baseline.isEmpty()
                ? Double.NaN
                : median(IntStream.range(0, values.size())
                        .mapToObj(round -> values.get(round) / baseline.get(round))
                        .toList());
    }

    static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The difference between the highest and the lowest value, as a share of the median. */
    static double spread(List<Double> values) {
        double highest = values.stream().mapToDouble(it -> it).max().orElse(0);
        double lowest = values.stream().mapToDouble(it -> it).min().orElse(0);
        return highest == lowest ? 0 : (highest - lowest) / median(values);
    }
}
