package dev.frontdesk.cache.widgets;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole state of a widget, or what changes in it. A field that is missing is null, one that the client sent as null is
 * {@link StorableJson#NULL}.
 *
 * @param lastRefresh a time
 */
record StateRequest(
        @Nullable StorableJson config,
        @Nullable StorableJson data,
        @Nullable StorableJson lastRefresh) {

    private static final String LAST_REFRESH = "last_refresh";

    /** @throws ProblemException 400 if {@code last_refresh} is no time */
    StateRequest checked(JsonMapper json) {
        StorableJson given = lastRefresh;
        if (given == null || isAbsent(given)) {
            return this;
        }
        var fields = new FieldReader();
        var time = fields.optional(LAST_REFRESH, given.text(), text -> Timestamps.read(textOf(text, json)));
        fields.check();
        return new StateRequest(config, data, new StorableJson('"' + time.orElseThrow().toString() + '"'));
    }

    /** Null is not a value of a field, because it removes the field. */
    static boolean isAbsent(@Nullable StorableJson value) {
        return value == null || value.equals(StorableJson.NULL);
    }

    /** The text that a JSON string has; other JSON is no time. */
    private static String textOf(String json, JsonMapper mapper) {
        try {
            return mapper.readValue(json, String.class);
        } catch (JacksonException other) {
            return "";
        }
    }

    /** Without what the client has stored: Spring logs requests with their fields at the level TRACE. */
    @Override
    public String toString() {
        return "StateRequest";
    }
}
