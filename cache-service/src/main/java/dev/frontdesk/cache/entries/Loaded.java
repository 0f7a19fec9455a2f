package dev.frontdesk.cache.entries;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an entry was loaded from an origin.
 *
 * @param at when the request was sent, by the loading instance's clock
 * @param took until the response was complete
 * @param etag as the origin sent it; null without one
 * @param lastModified the same
 */
public record Loaded(
        Instant at,
        Duration took,
        @Nullable String etag,
        @Nullable String lastModified) {

    private static final int PARTS = 4;

    /** In no header. */
    private static final Pattern SEPARATOR = Pattern.compile("\n");

    /** For the field of the entry. */
    String text() {
        return at.toEpochMilli() + "\n" + took.toMillis() + "\n" + orEmpty(etag) + "\n" + orEmpty(lastModified);
    }

    static Loaded parse(String text) {
        String[] parts = SEPARATOR.split(text, PARTS);
        return new Loaded(
                Instant.ofEpochMilli(Long.parseLong(parts[0])),
                Duration.ofMillis(Long.parseLong(parts[1])),
                orNull(parts[2]),
                orNull(parts[3]));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
