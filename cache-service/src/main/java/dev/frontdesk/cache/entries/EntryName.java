package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.NamespaceName;
import dev.frontdesk.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The caller's name for an entry.
 *
 * @param namespace see {@link NamespaceName}
 * @param key 1 to 512 bytes of UTF-8: any text without slashes, backslashes and control characters. Proxies disagree on
 *     whether {@code %2F} is a slash of the path and whether {@code ..} leads upwards, so neither is allowed
 */
public record EntryName(String namespace, String key) {

    private static final int KEY_BYTES = 512;

    /**
     * The character with which decoders replace bytes that are not UTF-8: two such keys would address the same entry.
     */
    private static final char UNDECODABLE = '\uFFFD';

    public EntryName {
        NamespaceName.checked(namespace);
        String wrong = problemWith(key);
        if (wrong != null) {
            throw ProblemException.invalid("key", wrong);
        }
    }

    /** @param escaped as {@link dev.frontdesk.kit.redis.KeySpace#escape} wrote it */
    public static EntryName ofEscaped(String namespace, String escaped) {
        return new EntryName(namespace, CacheKeys.keyOf(escaped));
    }

    /** @return what a key must be instead; null if it is allowed */
    static @Nullable String problemWith(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > KEY_BYTES) {
            return "must be 1 to 512 bytes of UTF-8";
        }
        return leadsAlongThePath(key) || key.codePoints().anyMatch(EntryName::isRefused)
                ? "must be UTF-8 text without slashes, backslashes and control characters, and not . or .."
                : null;
    }

    private static boolean leadsAlongThePath(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    private static boolean isRefused(int c) {
        return c == '/' || c == '\\' || isUnreadable(c);
    }

    /** In no key; a surrogate without its other half has no bytes of UTF-8. */
    static boolean isUnreadable(int c) {
        return c == UNDECODABLE || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
