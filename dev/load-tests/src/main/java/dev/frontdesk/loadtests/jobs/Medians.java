package dev.frontdesk.loadtests.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The values of all rounds, by name. */
final class Medians {

    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    void add(String name, double value) {
        all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    void add(Map<String, Double> round) {
        round.forEach(this::add);
    }

    Set<String> names() {
        return all.keySet();
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    double of(String name) {
        List<Double> values = all.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no value of " + name);
        }
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The values of the last round. */
    String last() {
        var texts = new ArrayList<String>();
        all.forEach((name, values) -> texts.add(String.format(Locale.ROOT, "%s %.0f", name, values.getLast())));
        return String.join(", ", texts);
    }
}
