package dev.frontdesk.notification.jobs;

import java.time.Duration;

/** Nothing was tried: there is no room for it just now. The job waits, and the attempt does not count. */
public final class Deferred extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** @param pause until it may be claimed again */
    public Deferred(Duration pause) {
        super("there was no room", null, false, false);
        this.pause = pause;
    }

    /** Until it may be claimed again. */
    public Duration pause() {
        return pause;
    }
}
