package dev.frontdesk.notification.jobs;

import java.time.Duration;

/**
 * The handler has no capacity for the job at the moment and did not try it. The job waits, and the attempt does not
 * count.
 */
public final class Deferred extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** @param pause wait until the job may be claimed again */
    public Deferred(Duration pause) {
        super("no capacity", null, false, false);
        this.pause = pause;
    }

    /** Wait until the job may be claimed again. */
    public Duration pause() {
        return pause;
    }
}
