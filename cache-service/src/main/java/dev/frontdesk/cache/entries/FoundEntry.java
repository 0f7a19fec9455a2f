package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.web.StorableJson;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a response that has several.
 *
 * @param found if not, it has only its key
 * @param value if its type is JSON and its bytes are
 * @param text other text in UTF-8, by its type
 * @param base64 all others
 */
record FoundEntry(
        String key,
        boolean found,
        @Nullable StorableJson value,
        @Nullable String text,
        @Nullable String base64,
        @Nullable String contentType,
        @Nullable String etag,
        @Nullable Long ttlSeconds) {

    /** @param held null if there is no such entry */
    static FoundEntry of(EntryName name, @Nullable Held held, EntryText reader) {
        if (held == null) {
            return new FoundEntry(name.key(), false, null, null, null, null, null, null);
        }
        Entry entry = held.entry();
        String type = entry.contentType();
        Optional<String> text = ContentTypes.isText(type) ? EntryText.decode(entry.body()) : Optional.empty();
        StorableJson value =
                ContentTypes.isJson(type) ? text.flatMap(reader::json).orElse(null) : null;
        return new FoundEntry(
                name.key(),
                true,
                value,
                value == null ? text.orElse(null) : null,
                text.isEmpty() ? Base64.getEncoder().encodeToString(entry.body()) : null,
                type,
                entry.tag(),
                held.secondsLeft());
    }

    /** Without what the client has stored: Spring logs responses with their fields at the level TRACE. */
    @Override
    public String toString() {
        return "FoundEntry";
    }
}
