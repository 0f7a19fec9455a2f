package dev.frontdesk.notification.jobs;

import java.time.Duration;

/**
 * Paces claims that find nothing: a queue that is paused or has used up its rate limit gets a signal for each added job,
 * and each claim would be a statement without effect. After two empty claims in a row the worker pauses, for up to 32
 * milliseconds. A claim that finds jobs, or half a second without claims, ends this.
 */
final class EmptyClaims {

    private static final long FIRST_NANOS = 1_000_000;
    private static final long MOST_NANOS = 32_000_000;
    private static final long RELATED_NANOS = 500_000_000;

    private boolean lastWasEmpty;
    private long lastEmpty;
    private long pause;

    /**
     * The pause after a claim. Called by one thread at a time.
     *
     * @param now a time as in {@link System#nanoTime()}
     */
    Duration after(boolean found, long now) {
        if (found) {
            lastWasEmpty = false;
            pause = 0;
            return Duration.ZERO;
        }
        boolean inARow = lastWasEmpty && now - lastEmpty < RELATED_NANOS;
        pause = inARow ? Math.min(MOST_NANOS, Math.max(FIRST_NANOS, 2 * pause)) : 0;
        lastWasEmpty = true;
        lastEmpty = now;
        return Duration.ofNanos(pause);
    }
}
