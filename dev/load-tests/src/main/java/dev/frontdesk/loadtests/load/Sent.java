package dev.frontdesk.loadtests.load;

import java.time.Duration;
import java.util.Map;

/**
 * What became of the requests of one phase.
 *
 * @param right responses with the expected status
 * @param wrong other responses, and requests without one, each kind with its number
 * @param latencies of the right responses
 * @param time from the first request to the last response
 */
public record Sent(long right, Map<String, Integer> wrong, Latencies latencies, Duration time) {

    public long requests() {
        return right + failed();
    }

    public int failed() {
        return wrong.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Right responses a second. */
    public double rate() {
        return right / (time.toNanos() / 1e9);
    }
}
