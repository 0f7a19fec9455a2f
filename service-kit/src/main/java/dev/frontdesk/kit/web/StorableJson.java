package dev.frontdesk.kit.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Any JSON of a client's, to be kept and given back: numbers have all their digits, and PostgreSQL's {@code jsonb} takes it.
 * As a field of a request, JSON that {@code jsonb} would refuse (U+0000, half of a surrogate pair, a number beyond any
 * measure) is a field of the wrong form.
 *
 * @param text compact
 */
@JsonDeserialize(using = StorableJsonReader.class)
public record StorableJson(@JsonValue @JsonRawValue String text) {

    public static final StorableJson EMPTY_OBJECT = new StorableJson("{}");
    public static final StorableJson NULL = new StorableJson("null");

    /** Bytes in UTF-8. */
    public int size() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
