package dev.frontdesk.notification.jobs;

/**
 * How many jobs are claimed beyond those being worked: what the worker does in some milliseconds, so that it need not wait for
 * the database between jobs that are over at once, and holds none for longer than that.
 */
final class ClaimPrefetch {

    private static final long NANOS_AHEAD = 50_000_000;
    private static final int MOST = 1_000;

    /** Of each new look at how long jobs take. */
    private static final double WEIGHT = 0.05;

    private final int concurrency;
    private volatile double averageNanos = NANOS_AHEAD;

    /** @param concurrency 0 for never ahead */
    ClaimPrefetch(int concurrency) {
        this.concurrency = concurrency;
    }

    /** Two threads at once may lose one of their looks, which is no loss. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void took(long nanos) {
        averageNanos += WEIGHT * (nanos - averageNanos);
    }

    int jobs() {
        return (int) Math.min(MOST, concurrency * (NANOS_AHEAD / Math.max(1, averageNanos)));
    }
}
