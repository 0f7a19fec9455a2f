package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the content type of an entry says about its bytes. */
public final class ContentTypes {

    private static final int CHARACTERS = 255;

    private ContentTypes() {}

    /** The type as it is stored; null if it is too long, a range of types, or none at all. */
    public static @Nullable String normalized(String text) {
        try {
            var type = MediaType.parseMediaType(text);
            return type.isConcrete() && type.toString().length() <= CHARACTERS ? type.toString() : null;
        } catch (InvalidMediaTypeException malformed) {
            return null;
        }
    }

    static boolean isJson(String type) {
        var parsed = MediaType.parseMediaType(type);
        return parsed.getType().equals("application")
                && (parsed.getSubtype().equals("json") || parsed.getSubtype().endsWith("+json"));
    }

    /** Whether bytes of this type can be shown as text: by the type alone, so that it does not change with the bytes. */
    static boolean isText(String type) {
        return isUtf8(type)
                && (isJson(type) || MediaType.parseMediaType(type).getType().equals("text"));
    }

    /** Also without a charset, which means UTF-8. */
    static boolean isUtf8(String type) {
        var charset = MediaType.parseMediaType(type).getCharset();
        return charset == null || charset.equals(UTF_8) || charset.equals(US_ASCII);
    }
}
