package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.web.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Position in a list of jobs: the sort keys of the last job on a page. The state determines which of them are used.
 *
 * @param time when the job was added, began or ended, depending on the list
 * @param seq its number in the order of adding
 */
record JobPosition(int priority, Instant dueAt, Instant time, long seq) {

    private static final int PARTS = 4;

    /** @throws IllegalArgumentException with a message that may be shown to clients */
    static JobPosition read(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", PARTS);
            return new JobPosition(
                    Integer.parseInt(parts[0]),
                    Timestamps.read(parts[1]),
                    Timestamps.read(parts[2]),
                    Long.parseLong(parts[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw new IllegalArgumentException("must be the next_cursor of a page", notOurs);
        }
    }

    /** The cursor for clients; it is opaque to them. */
    String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((priority + " " + dueAt + " " + time + " " + seq).getBytes(StandardCharsets.UTF_8));
    }
}
