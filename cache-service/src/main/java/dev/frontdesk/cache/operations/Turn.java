package dev.frontdesk.cache.operations;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker gets when it asks for work. */
sealed interface Turn {

    /**
     * The lease of an operation, for one chunk of its work.
     *
     * @param token the fence: without it, no progress is stored
     * @param cursor where it goes on; empty at its beginning
     * @param keys the next ones of a warm-up
     */
    record Claimed(
            TenantId tenant,
            UUID id,
            String token,
            Operation.Kind kind,
            String namespace,
            String pattern,
            String cursor,
            List<String> keys) implements Turn {

        /** Without pattern and keys, which can be private. */
        @Override
        public String toString() {
            return "Claimed[" + tenant + " " + id + "]";
        }
    }

    /** @param dueIn until an operation is due; null if none is known */
    record None(@Nullable Duration dueIn) implements Turn {}
}
