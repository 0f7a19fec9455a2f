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
 * @param tenant claimed by the record, not verified
 * @param reason the class of the error
 * @param detail where the record is wrong, without any value
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

    /** With the fields that a replay needs. */
    record Whole(
            StoredDeadLetter letter,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable ByteBuffer data) {}
}
