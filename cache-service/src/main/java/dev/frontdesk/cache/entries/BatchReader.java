package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Checks the keys and entries of a request that names several, and reports all errors together. */
@Component
class BatchReader {

    /** Of one request. */
    private static final int MOST = 100;

    private static final String TEXT = "text/plain;charset=UTF-8";

    private final EntryText reader;
    private final long maxBytes;

    BatchReader(EntryText reader, EntriesProperties properties) {
        this.reader = reader;
        this.maxBytes = properties.maxSize().toBytes();
    }

    /** @throws ProblemException 400 */
    List<EntryName> names(String namespace, @Nullable List<@Nullable String> keys) {
        var fields = new FieldReader();
        var names = new ArrayList<EntryName>();
        List<@Nullable String> given = bounded("keys", keys);
        for (int i = 0; i < given.size(); i++) {
            name(namespace, "keys[" + i + "]", given.get(i), fields).ifPresent(names::add);
        }
        fields.check();
        return names;
    }

    /**
     * In the order of the request.
     *
     * @throws ProblemException 400
     */
    Map<EntryName, Entry> entries(String namespace, @Nullable List<@Nullable BatchEntry> drafts) {
        var fields = new FieldReader();
        var entries = new LinkedHashMap<EntryName, Entry>();
        List<@Nullable BatchEntry> given = bounded("entries", drafts);
        for (int i = 0; i < given.size(); i++) {
            String place = "entries[" + i + "]";
            BatchEntry draft = given.get(i);
            if (draft == null) {
                fields.refuse(place, "is required");
                continue;
            }
            var name = name(namespace, place + ".key", draft.key(), fields);
            var entry = entry(draft, place, fields);
            if (name.isPresent() && entries.containsKey(name.get())) {
                fields.refuse(place + ".key", "is there twice");
            }
            name.ifPresent(it -> entries.put(it, entry));
        }
        fields.check();
        return entries;
    }

    private static <T> List<@Nullable T> bounded(String field, @Nullable List<@Nullable T> given) {
        if (given == null || given.isEmpty() || given.size() > MOST) {
            throw ProblemException.invalid(field, "must have 1 to " + MOST + " elements");
        }
        return given;
    }

    private static Optional<EntryName> name(String namespace, String field, @Nullable String key, FieldReader fields) {
        return fields.required(field, key, text -> {
            String wrong = EntryName.KEY.problemWith(text);
            if (wrong != null) {
                throw new IllegalArgumentException(wrong);
            }
            return new EntryName(namespace, text);
        });
    }

    /** Of no use if {@code fields} has errors. */
    private Entry entry(BatchEntry draft, String place, FieldReader fields) {
        int errors = fields.count();
        if (Stream.of(draft.value(), draft.text(), draft.base64())
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            fields.refuse(place, "must have exactly one of value, text and base64");
        }
        byte[] body = body(draft, place, fields);
        if (body.length > maxBytes) {
            fields.refuse(place, "must have at most " + maxBytes + " bytes");
        }
        String type = fields.optional(place + ".content_type", draft.contentType(), text -> type(text, draft))
                .orElse(usualType(draft));
        if (fields.count() == errors && draft.value() == null && ContentTypes.isJson(type) && !isJson(body)) {
            fields.refuse(place + (draft.text() == null ? ".base64" : ".text"), "must be JSON, as content_type says");
        }
        return Entry.of(type, body);
    }

    private static byte[] body(BatchEntry draft, String place, FieldReader fields) {
        if (draft.value() != null) {
            return draft.value().text().getBytes(UTF_8);
        }
        var body = draft.text() == null
                ? fields.optional(place + ".base64", draft.base64(), BatchReader::decode)
                : fields.optional(place + ".text", draft.text(), EntryText::encode);
        return body.orElse(new byte[0]);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("must be base64 (RFC 4648, section 4)", malformed);
        }
    }

    private static String type(String given, BatchEntry draft) {
        String type = ContentTypes.normalized(given);
        if (type == null) {
            throw new IllegalArgumentException("must be a media type");
        }
        if (draft.value() != null && !ContentTypes.isJson(type)) {
            throw new IllegalArgumentException("must be a type of JSON");
        }
        if (draft.base64() == null && !ContentTypes.isUtf8(type)) {
            throw new IllegalArgumentException("must have the charset UTF-8");
        }
        return type;
    }

    private static String usualType(BatchEntry draft) {
        if (draft.value() != null) {
            return MediaType.APPLICATION_JSON_VALUE;
        }
        return draft.text() == null ? MediaType.APPLICATION_OCTET_STREAM_VALUE : TEXT;
    }

    private boolean isJson(byte[] body) {
        return EntryText.decode(body).flatMap(reader::json).isPresent();
    }
}
