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
 * Accepts JSON only in UTF-8, as RFC 8259 requires. Jackson also reads UTF-16 and UTF-32, and more than one encoding of
 * a character: overlong forms and surrogates encoded separately. Two parsers of one request could then read different
 * content.
 */
class Utf8JsonDecoder extends JacksonJsonDecoder {

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
            // Only the decoder releases the buffer; a buffer that is not released is a permanent memory leak.
            DataBufferUtils.release(buffer);
            throw refused;
        }
        return super.decode(buffer, type, mimeType, hints);
    }

    /** JSON in UTF-16 or UTF-32 contains zero bytes; JSON in UTF-8 never does. */
    private static void requireUtf8(ByteBuffer bytes) {
        try {
            if (StandardCharsets.UTF_8.newDecoder().decode(bytes).chars().anyMatch(it -> it == 0)) {
                throw new DecodingException("The body must be JSON in UTF-8");
            }
        } catch (CharacterCodingException malformed) {
            throw new DecodingException("The body must be UTF-8", malformed);
        }
    }
}
