package dev.frontdesk.registration.clientlimits;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * The size of a token bucket. The bucket itself is one number, the moment at which it is full again (the generic cell rate
 * algorithm of ITU-T I.371). {@code take_token.lua} has the same rule.
 *
 * @param refill tokens that are added in an hour, one after the other
 * @param burst tokens that it holds at most
 */
record TokenBucket(int refill, int burst) {

    /**
     * A bucket after a request.
     *
     * @param fullAt when it is full again, in µs since 1970
     * @param nextIn until the next token; zero when the request has got one
     */
    record State(long fullAt, Duration nextIn) {}

    /** @param fullAt as {@link State} has it; 0 for a bucket that is not known */
    State take(long fullAt, Instant now) {
        long fullThen = Math.max(fullAt, micros(now)) + interval();
        long wait = fullThen - micros(now) - interval() * burst;
        return wait > 0 ? new State(fullAt, Duration.of(wait, ChronoUnit.MICROS)) : new State(fullThen, Duration.ZERO);
    }

    /** µs until a token is added. */
    long interval() {
        return TimeUnit.HOURS.toMicros(1) / refill;
    }

    /** How long an empty one takes to fill. */
    Duration fillTime() {
        return Duration.of(interval() * burst, ChronoUnit.MICROS);
    }

    static long micros(Instant time) {
        return TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli());
    }
}
