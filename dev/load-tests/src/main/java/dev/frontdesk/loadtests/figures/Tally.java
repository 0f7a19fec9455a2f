package dev.frontdesk.loadtests.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the requests and failures of one phase of a run, and measures the response times. */
public final class Tally {

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> failures = Collections.synchronizedMap(new TreeMap<>());

    public void answered(Duration after) {
        nanos.add(after.toNanos());
    }

    /** @param what the request and the wrong response */
    public void failed(String what) {
        failures.merge(what, 1, Integer::sum);
    }

    public int asked() {
        return nanos.size() + failed();
    }

    public int failed() {
        synchronized (failures) {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Each kind of failure with its count. */
    public Map<String, Integer> failures() {
        synchronized (failures) {
            return Map.copyOf(failures);
        }
    }

    /** @param share 0.5 for the median, 0.99 for the 99th percentile */
    public double millis(double share) {
        List<Long> sorted;
        synchronized (nanos) {
            sorted = nanos.stream().sorted().toList();
        }
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
