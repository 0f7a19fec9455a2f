package dev.frontdesk.kit.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bean of this type lets bodies of one type be larger than {@code spring.http.codecs.max-in-memory-size}, which stays the limit
 * of all others.
 */
public final class LargerBodies implements CodecCustomizer {

    private final Class<?> type;
    private final int largest;
    private final JsonMapper json;

    /**
     * @param type of the {@code @RequestBody}
     * @param largest bytes of JSON
     */
    public LargerBodies(Class<?> type, int largest, JsonMapper json) {
        this.type = type;
        this.largest = largest;
        this.json = json;
    }

    @Override
    public void customize(CodecConfigurer codecs) {
        var decoder = new OfOneType(type, json);
        decoder.setMaxInMemorySize(largest);
        codecs.customCodecs().register(decoder);
    }

    private static final class OfOneType extends Utf8JsonDecoder {

        private final Class<?> type;

        private OfOneType(Class<?> type, JsonMapper json) {
            super(json);
            this.type = type;
        }

        @Override
        public boolean canDecode(ResolvableType elementType, @Nullable MimeType mimeType) {
            return elementType.resolve() == type && super.canDecode(elementType, mimeType);
        }
    }
}
