package dev.frontdesk.notification.idempotency;

import java.util.Optional;
import java.util.UUID;

/**
 * What an effect has to be idempotent by. It is the same when a request whose holder died is taken up again, and another
 * one when the client's key has expired and means another request.
 */
public sealed interface IdempotencyToken {

    /** The request named no key: whoever sends it again wants it again. */
    record None() implements IdempotencyToken {}

    /** The request named one. */
    record Of(UUID id) implements IdempotencyToken {}

    /** For a job's own key. */
    default Optional<String> text() {
        return this instanceof Of(UUID id) ? Optional.of("request:" + id) : Optional.empty();
    }
}
