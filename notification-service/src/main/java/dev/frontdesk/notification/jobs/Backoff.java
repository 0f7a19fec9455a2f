package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Wait before the next attempt. It doubles with each attempt up to a maximum, and is then shortened at random by up to
 * half, so that jobs that failed together are not all retried at the same time.
 */
record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    /** @param attempt number of the failed attempt, from 1 */
    Duration after(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long wait = doubled < first.toMillis() ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(wait - random.nextLong(wait / 2 + 1));
    }
}
