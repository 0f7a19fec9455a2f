package dev.frontdesk.kit.idempotency;

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

    /** Id to use for what is created: the token's own, so that a repeated request creates the same; else a random one. */
    default UUID newId() {
        return this instanceof Of(UUID id) ? id : UUID.randomUUID();
    }
}
