package dev.frontdesk.kit.sockets;

import java.time.Duration;

/** A token bucket stored as one number, the time at which it is full (generic cell rate algorithm). Not thread-safe. */
final class RateLimiter {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final double nanosEach;
    private final double burst;
    private double fullAt;

    /** @param now nanoseconds of any clock, the same clock in every call */
    RateLimiter(long atOnce, long perSecond, long now) {
        this.nanosEach = (double) SECOND / perSecond;
        this.burst = atOnce * nanosEach;
        this.fullAt = now;
    }

    /** Returns whether {@code count} may pass; rejected ones are not counted. */
    boolean take(long count, long now) {
        double next = Math.max(fullAt, now) + count * nanosEach;
        if (next - now > burst) {
            return false;
        }
        fullAt = next;
        return true;
    }
}
