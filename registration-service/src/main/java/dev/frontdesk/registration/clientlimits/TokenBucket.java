package dev.frontdesk.registration.clientlimits;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * The size of a token bucket. The bucket itself is stored as one number, the time at which it is full again (the
 * generic cell rate algorithm of ITU-T I.371). {@code take_token.lua} implements the same rule.
 *
 * @param refill tokens added per hour, one by one
 * @param burst maximum number of tokens
 */
record TokenBucket(int refill, int burst) {

    /**
     * The state of a bucket after a request.
     *
     * @param fullAt when it is full again, in µs since 1970
     * @param nextIn time until the next token; zero when the request got one
     */
    record State(long fullAt, Duration nextIn) {}

    /** @param fullAt see {@link State}; 0 for an unknown bucket */
    State take(long fullAt, Instant now) {
        long fullThen = Math.max(fullAt, micros(now)) + interval();
        long wait = fullThen - micros(now) - interval() * burst;
        return wait > 0 ? new State(fullAt, Duration.of(wait, ChronoUnit.MICROS)) : new State(fullThen, Duration.ZERO);
    }

    /** µs until a token is added. */
    long interval() {
        return TimeUnit.HOURS.toMicros(1) / refill;
    }

    /** The time in which an empty bucket fills up. */
    Duration fillTime() {
        return Duration.of(interval() * burst, ChronoUnit.MICROS);
    }

    static long micros(Instant time) {
        return TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli());
    }
}
