package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.load.Latencies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rounds of a section measured, what disturbed them, and what was wrong. */
final class Results {

    private final Map<String, Measurements> bySubject = new LinkedHashMap<>();
    private final List<Figure> others = new ArrayList<>();
    private final List<String> noise = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> wrong = new LinkedHashMap<>();

    void add(Subject subject, Round round) {
        of(subject).add(round, subject.process().resident());
    }

    void addSameRate(Subject subject, Latencies latencies) {
        of(subject).addSameRate(latencies);
    }

    void addHalfRate(Subject subject, Latencies latencies) {
        of(subject).addHalfRate(latencies);
    }

    private Measurements of(Subject subject) {
        return bySubject.computeIfAbsent(subject.name(), _ -> new Measurements(subject));
    }

    /** A figure that is not one of a subject's rounds. */
    void add(Figure figure) {
        others.add(figure);
    }

    void wrong(Subject subject, Map<String, Integer> responses) {
        responses.forEach((what, count) -> wrong.merge(subject.name() + ": " + what, count, Integer::sum));
    }

    void noise(String subject, List<String> what) {
        for (String each : what) {
            System.out.println("NOISY " + subject + ": " + each);
            noise.add(subject + ": " + each);
        }
    }

    /** A condition without which the figures do not count. */
    void check(boolean holds, String what) {
        System.out.println((holds ? "CHECK ok: " : "CHECK FAILED: ") + what);
        if (!holds) {
            failures.add(what);
        }
    }

    Collection<Measurements> subjects() {
        return bySubject.values();
    }

    @Nullable Measurements baselineOf(Measurements measurements) {
        return bySubject.get(measurements.subject().baseline());
    }

    double rate(Subject subject) {
        return Measurements.median(of(subject).values(Round::rate));
    }

    double processor(Subject subject) {
        return Measurements.median(of(subject).values(Round::processor));
    }

    List<Figure> others() {
        return others;
    }

    /** How often something disturbed a round. */
    int disturbances() {
        return noise.size();
    }

    /** Each kind of wrong response with its number. */
    Map<String, Integer> wrong() {
        return wrong;
    }

    List<String> failures() {
        return failures;
    }
}
