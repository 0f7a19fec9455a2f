package dev.frontdesk.gateway.overload;

import java.time.Duration;

/**
 * How many requests a service may have at once, from what it shows. While it has many and even the fastest answer takes longer
 * than it should, requests wait in a queue of the service, so fewer are allowed, in proportion; else more, as long as more are
 * asked for. The fastest answer counts because slow requests are no sign of a queue, but a queue delays all of them (as in
 * CoDel, RFC 8289).
 */
final class ConcurrencyLimit {

    /** Fewer would show nothing about the service. */
    static final int LEAST = 16;

    private static final long INTERVAL = Duration.ofMillis(100).toNanos();
    private static final int GROWTH = 10;
    private static final double STEEPEST = 0.3;

    private final int most;
    private final long slowAfter;
    private volatile int limit;
    private long changedAt;
    private long intervalEnd;
    private long fastest = Long.MAX_VALUE;
    private int highest;

    /** @param most the limit at the start, and the highest one */
    ConcurrencyLimit(int most, Duration slowAfter, long now) {
        this.most = most;
        this.slowAfter = slowAfter.toNanos();
        this.limit = most;
        this.changedAt = now;
        this.intervalEnd = now + INTERVAL;
    }

    int now() {
        return limit;
    }

    /**
     * A request has ended with an answer, or has taken too long for one.
     *
     * @param began what {@link System#nanoTime} was when it began, and {@code now} what it is
     * @param inFlight how many requests the service had, with this one
     */
    synchronized void ended(long began, long now, int inFlight) {
        highest = Math.max(highest, inFlight);
        // A request from before the last change shows the queue of then.
        if (began - changedAt >= 0) {
            fastest = Math.min(fastest, now - began);
        }
        if (now - intervalEnd >= 0) {
            change(now);
            intervalEnd = now + INTERVAL;
            fastest = Long.MAX_VALUE;
            highest = 0;
        }
    }

    private void change(long now) {
        if (fastest == Long.MAX_VALUE) {
            return;
        }
        if (fastest > slowAfter && highest < Math.max(LEAST, limit / 2)) {
            // Slow, but with so few requests not because of a queue.
            return;
        }
        if (fastest > slowAfter) {
            double share = Math.max(STEEPEST, (double) slowAfter / fastest);
            limit = Math.max(Math.min(LEAST, most), (int) (limit * share));
        } else if (highest >= limit && limit < most) {
            limit = Math.min(most, limit + Math.max(1, limit / GROWTH));
        }
        changedAt = now;
    }
}
