package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubles each time up to a longest wait, and is then shortened by up to a half
 * at random, so that what failed together is not tried again together.
 */
record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    /** @param attempt the one that failed, from 1 */
    Duration after(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long wait = doubled < first.toMillis() ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(wait - random.nextLong(wait / 2 + 1));
    }
}
