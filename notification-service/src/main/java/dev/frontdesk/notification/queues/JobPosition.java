package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.web.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a list of jobs was left: behind the one of which all this is said, in the order of its state.
 *
 * @param time when it began, ended or was added, whichever was last
 * @param seq its number in the order of adding
 */
record JobPosition(int priority, Instant dueAt, Instant time, long seq) {

    private static final int PARTS = 4;

    /** @throws IllegalArgumentException with a message that may be shown */
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

    /** As clients carry it; they need not understand it. */
    String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((priority + " " + dueAt + " " + time + " " + seq).getBytes(StandardCharsets.UTF_8));
    }
}
