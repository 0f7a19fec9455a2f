package dev.frontdesk.registration.pendingregistrations;

import org.springframework.dao.TransientDataAccessResourceException;

/** Redis does not answer, or was not asked because it did not answer just now. */
final class RedisAway extends TransientDataAccessResourceException {

    RedisAway(Throwable cause) {
        super("Redis is away", cause);
    }
}
