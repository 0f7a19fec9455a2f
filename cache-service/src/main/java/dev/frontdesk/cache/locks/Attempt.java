package dev.frontdesk.cache.locks;

import java.time.Duration;

/** The result of one attempt to acquire a lock. */
sealed interface Attempt {

    /**
     * The token holds the lock.
     *
     * @param claim names this attempt, for {@link Locks#giveBack}
     * @param repeated the token held it before
     */
    record Acquired(Lock lock, String claim, boolean repeated) implements Attempt {}

    /** @param expiresIn unless the holder renews or releases it */
    record Held(Duration expiresIn) implements Attempt {}

    /** The lock is free, but the tenant holds as many as it may. */
    record Full() implements Attempt {}
}
