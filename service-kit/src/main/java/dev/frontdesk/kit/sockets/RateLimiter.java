package dev.frontdesk.kit.sockets;

import java.time.Duration;

/** A token bucket as one number, the moment at which it is full (generic cell rate algorithm). For one thread. */
final class RateLimiter {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final double nanosEach;
    private final double burst;
    private double fullAt;

    /** @param now any clock's nanoseconds, the same in every call */
    RateLimiter(long atOnce, long perSecond, long now) {
        this.nanosEach = (double) SECOND / perSecond;
        this.burst = atOnce * nanosEach;
        this.fullAt = now;
    }

    /** Whether so many may pass; what is refused is not counted. */
    boolean take(long count, long now) {
        double next = Math.max(fullAt, now) + count * nanosEach;
        if (next - now > burst) {
            return false;
        }
        fullAt = next;
        return true;
    }
}
