package dev.frontdesk.kit.web;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the ids of requests. An id in a path is declared as {@code @PathVariable UUID}: Spring reads it with
 * {@link #read}, and a path whose id is malformed gets 404, as one whose id does not exist.
 */
public final class UuidText {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private UuidText() {}

    /**
     * Accepts only the form of RFC 9562. {@link UUID#fromString} would also read {@code 1-1-1-1-1}.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    public static UUID read(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return UUID.fromString(text);
    }
}
