package dev.frontdesk.cache.locks;

import java.time.Instant;

/**
 * A lock that is held. All times are those of Redis' clock.
 *
 * @param holder what the holder calls itself; empty if it did not say
 * @param fence grows with every acquisition of the lock
 * @param renewableUntil the end of its maximum life
 */
record Lock(String name, String holder, long fence, Instant acquiredAt, Instant expiresAt, Instant renewableUntil) {}
