package dev.frontdesk.notification.idempotency;

import java.util.Optional;
import java.util.UUID;

/**
 * Token by which an effect must be idempotent. It stays the same when a request is taken over from a holder that died.
 * It changes when the client's key has expired and is used for another request.
 */
public sealed interface IdempotencyToken {

    /** The request has no key: sending it again means doing it again. */
    record None() implements IdempotencyToken {}

    /** The request has a key. */
    record Of(UUID id) implements IdempotencyToken {}

    /** Text to use as a job's own key. */
    default Optional<String> text() {
        return this instanceof Of(UUID id) ? Optional.of("request:" + id) : Optional.empty();
    }
}
