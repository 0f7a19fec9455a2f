package dev.frontdesk.notification.jobs;

/**
 * Number of jobs to claim beyond those in work: as many as the worker finishes in about 50 milliseconds. The worker
 * then need not wait for the database between very short jobs. It holds jobs for longer than that only if they suddenly
 * take longer than before.
 */
final class ClaimPrefetch {

    private static final long NANOS_AHEAD = 50_000_000;

    /** Weight of each new measurement in the moving average. */
    private static final double WEIGHT = 0.05;

    private final int concurrency;
    private final int most;
    private volatile double averageNanos = NANOS_AHEAD;

    /** @param most 0 if the worker must not claim ahead */
    ClaimPrefetch(int concurrency, int most) {
        this.concurrency = concurrency;
        this.most = most;
    }

    /** A race between two threads may lose one measurement; that is harmless. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void took(long nanos) {
        averageNanos += WEIGHT * (nanos - averageNanos);
    }

    int jobs() {
        return (int) Math.min(most, concurrency * (NANOS_AHEAD / Math.max(1, averageNanos)));
    }
}
