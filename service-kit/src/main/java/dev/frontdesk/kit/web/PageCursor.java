package dev.frontdesk.kit.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A position in a list that is sorted newest first: the next page begins after the row with this time and id. Rows that
 * are added in the meantime come before it, so they do not shift the next page.
 */
public record PageCursor(Instant time, UUID id) {

    /** @throws IllegalArgumentException with a message that may be shown */
    public static PageCursor read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            return new PageCursor(
                    Timestamps.read(text.substring(0, space)), UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw new IllegalArgumentException("must be the next_cursor of a page", notOurs);
        }
    }

    /** The encoded form for clients. It is opaque to them. */
    public String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
