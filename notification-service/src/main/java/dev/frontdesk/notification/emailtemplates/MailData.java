package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.templates.MailText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data from an application for a mail's template. Numbers keep all their digits, and texts are checked to be sendable.
 */
public final class MailData {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private MailData() {}

    /** @throws IllegalArgumentException with a message that may be shown */
    public static Map<String, Object> read(JsonMapper json, @Nullable StorableJson given) {
        if (given == null || given.equals(StorableJson.NULL)) {
            return Map.of();
        }
        return read(object(json, given.text()));
    }

    private static Map<String, @Nullable Object> object(JsonMapper json, String text) {
        try {
            return json.readerFor(OBJECT)
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readValue(text);
        } catch (JacksonException notAnObject) {
            throw new IllegalArgumentException("must be an object", notAnObject);
        }
    }

    private static Map<String, Object> read(Map<?, ?> given) {
        var all = new LinkedHashMap<String, Object>();
        given.forEach((name, value) -> all.put(String.valueOf(name), value(value)));
        return all;
    }

    @SuppressWarnings("NullAway") // JSON values may be null.
    private static Object value(@Nullable Object given) {
        return switch (given) {
            case null -> null;
            case Map<?, ?> map -> read(map);
            case Iterable<?> list -> {
                var all = new ArrayList<Object>();
                list.forEach(it -> all.add(value(it)));
                yield all;
            }
            case String text -> MailText.read(text);
            default -> given;
        };
    }
}
