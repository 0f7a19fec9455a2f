package dev.frontdesk.cache.operations;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it is stored.
 *
 * @param pattern of a deletion, else empty
 * @param total keys that it goes over: of a deletion, the entries of the namespace when it was accepted
 * @param done how many of these it is through with
 * @param changed how many it has loaded or deleted
 * @param failed how many could not be loaded
 * @param reason of a failure, else empty
 */
record Operation(
        UUID id,
        Kind kind,
        String namespace,
        String pattern,
        State state,
        long total,
        long done,
        long changed,
        long failed,
        String reason,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** What it does. */
    enum Kind {
        WARM_UP,
        DELETION;

        /** As in Redis and in responses. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** How far it is. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Without the pattern, which can be private. */
    @Override
    public String toString() {
        return "Operation[" + id + " " + kind + " " + state + "]";
    }
}
