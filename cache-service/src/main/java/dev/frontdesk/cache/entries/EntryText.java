package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.web.StorableJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bytes of entries as text or JSON, and replaces nothing that is malformed. */
@Component
class EntryText {

    private final JsonMapper json;

    EntryText(JsonMapper json) {
        this.json = json;
    }

    /** Empty if they are not UTF-8. */
    static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException for text with half a surrogate pair, which UTF-8 does not have */
    static byte[] encode(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("must not have unpaired surrogates", malformed);
        }
    }

    /** Empty for what is not one JSON value; also for what other JSON fields of requests refuse. */
    Optional<StorableJson> json(String text) {
        try {
            return Optional.of(json.readValue(text, StorableJson.class));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }
}
