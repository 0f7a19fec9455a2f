package dev.frontdesk.kit.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * JSON from a client that is stored and returned: numbers keep all their digits, and PostgreSQL's {@code jsonb} accepts
 * it. JSON that {@code jsonb} would reject (U+0000, an unpaired surrogate, a number that is too large) makes the field
 * of the request invalid.
 *
 * @param text compact
 */
@JsonDeserialize(using = StorableJsonReader.class)
public record StorableJson(@JsonValue @JsonRawValue String text) {

    public static final StorableJson EMPTY_OBJECT = new StorableJson("{}");
    public static final StorableJson NULL = new StorableJson("null");

    /** Size in bytes as UTF-8. */
    public int size() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
