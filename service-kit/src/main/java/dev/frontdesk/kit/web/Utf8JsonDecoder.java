package dev.frontdesk.kit.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes JSON in UTF-8 alone, as RFC 8259 has it. Jackson reads UTF-16 and UTF-32 too, and more than one spelling of a
 * character: overlong forms, surrogates apart. Two readers of one request would not see the same.
 */
final class Utf8JsonDecoder extends JacksonJsonDecoder {

    Utf8JsonDecoder(JsonMapper json) {
        super(json);
    }

    @Override
    public Object decode(
            DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
        var bytes = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(bytes);
        try {
            requireUtf8(bytes);
        } catch (DecodingException refused) {
            // Only who decodes a buffer gives it back; each one that is kept is memory that the process never has
            // again.
            DataBufferUtils.release(buffer);
            throw refused;
        }
        return super.decode(buffer, type, mimeType, hints);
    }

    /** UTF-16 and UTF-32 of JSON hold zeros, which JSON in UTF-8 never does. */
    private static void requireUtf8(ByteBuffer bytes) {
        try {
            if (StandardCharsets.UTF_8.newDecoder().decode(bytes).chars().anyMatch(it -> it == 0)) {
                throw new DecodingException("The body is not JSON in UTF-8");
            }
        } catch (CharacterCodingException malformed) {
            throw new DecodingException("The body is not UTF-8", malformed);
        }
    }
}
