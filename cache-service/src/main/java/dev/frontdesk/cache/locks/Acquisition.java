package dev.frontdesk.cache.locks;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;

/**
 * What a client wants.
 *
 * @param token by which it will hold the lock
 * @param holder what it calls itself, for people; empty if it does not say
 * @param patience how long it waits while the lock is held
 */
record Acquisition(TenantId tenant, LockName name, LockToken token, String holder, Duration ttl, Duration patience) {}
