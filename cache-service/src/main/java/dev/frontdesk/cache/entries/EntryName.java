package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.names.NameRule;
import dev.frontdesk.cache.names.NamespaceName;
import java.util.regex.Pattern;

/**
 * The caller's name for an entry.
 *
 * @param namespace see {@link NamespaceName}, or a reserved one
 * @param key 1 to 512 bytes of UTF-8, see {@link NameRule}
 */
public record EntryName(String namespace, String key) {

    /** What a key must be. */
    public static final NameRule KEY = new NameRule("key", 512);

    /** No path and no client can name such a namespace. In keys of Redis it is not escaped. */
    private static final Pattern RESERVED = Pattern.compile("~[a-z-]{1,63}");

    public EntryName {
        if (!RESERVED.matcher(namespace).matches()) {
            NamespaceName.checked(namespace);
        }
        KEY.checked(key);
    }

    /** The name of an entry of another feature, in a namespace of its own. */
    public static EntryName reserved(String feature, String key) {
        return new EntryName("~" + feature, key);
    }

    /** @param escaped as {@link dev.frontdesk.kit.redis.KeySpace#escape} wrote it */
    public static EntryName ofEscaped(String namespace, String escaped) {
        return new EntryName(namespace, CacheKeys.keyOf(escaped));
    }
}
