package dev.frontdesk.notification.deadletters;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in the table.
 *
 * @param group the subscription that could not handle it
 * @param topic where the record was, with partition and offset
 * @param tenant as the record claims it
 * @param reason the class of the error
 * @param detail where it is wrong, and no value
 * @param replayedAt when a replay succeeded
 */
record StoredDeadLetter(
        UUID id,
        String group,
        String topic,
        int partition,
        long offset,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String tenant,
        String reason,
        @Nullable String detail,
        long sizeBytes,
        Instant parkedAt,
        int replays,
        @Nullable Instant replayedAt) {

    /** With what a replay needs. */
    record Whole(
            StoredDeadLetter letter,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable ByteBuffer data) {}
}
