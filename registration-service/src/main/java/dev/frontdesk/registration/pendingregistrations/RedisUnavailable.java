package dev.frontdesk.registration.pendingregistrations;

import org.springframework.dao.TransientDataAccessResourceException;

/** Redis does not answer, or was not asked because it recently did not answer. */
final class RedisUnavailable extends TransientDataAccessResourceException {

    RedisUnavailable(Throwable cause) {
        super("Redis is unavailable", cause);
    }
}
