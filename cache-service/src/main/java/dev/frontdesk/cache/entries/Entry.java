package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A value as the client sent it.
 *
 * @param contentType the client's description of the bytes; not checked against them
 * @param tag strong entity tag (RFC 9110, section 8.8.3) with its quotes: the same for the same bytes of the same type
 */
public record Entry(String contentType, String tag, byte[] body) {

    private static final int TAG_BYTES = 16;

    public static Entry of(String contentType, byte[] body) {
        return new Entry(contentType, '"' + digest(contentType, body) + '"', body);
    }

    /** What an origin does not have: an entity tag that no entry has. */
    public static Entry absent() {
        return new Entry("", "", new byte[0]);
    }

    private static String digest(String contentType, byte[] body) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(contentType.getBytes(UTF_8));
            sha256.update((byte) 0);
            byte[] digest = Arrays.copyOf(sha256.digest(body), TAG_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
