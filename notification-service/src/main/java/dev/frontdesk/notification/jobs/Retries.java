package dev.frontdesk.notification.jobs;

import java.time.Duration;

/**
 * How often a job is tried.
 *
 * @param attempts at most, 1 to 100
 * @param firstBackoff wait after the first failed attempt; it doubles with each attempt and is shortened at random by
 *     up to half
 */
public record Retries(int attempts, Duration firstBackoff) {

    public static final int MOST = 100;
    public static final Retries DEFAULT = new Retries(3, Duration.ofSeconds(2));

    public Retries {
        if (attempts < 1 || attempts > MOST) {
            throw new IllegalArgumentException("attempts must be 1 to " + MOST);
        }
        if (!firstBackoff.isPositive()) {
            throw new IllegalArgumentException("the first wait must be positive");
        }
    }
}
