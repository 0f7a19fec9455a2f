package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.pages.Moments;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a list of jobs was left: behind the one of that rank, time and id, in the order of its state. */
record JobPosition(int rank, Instant time, UUID id) {

    private static final int PARTS = 3;

    /** @throws IllegalArgumentException with a message that may be shown */
    static JobPosition read(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", PARTS);
            return new JobPosition(Integer.parseInt(parts[0]), Moments.read(parts[1]), UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException notOurs) {
            throw new IllegalArgumentException("must be the next_cursor of a page", notOurs);
        }
    }

    /** As clients carry it; they need not understand it. */
    String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((rank + " " + time + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
