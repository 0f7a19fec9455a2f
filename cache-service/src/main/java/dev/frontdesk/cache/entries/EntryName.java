package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.names.NameRule;
import dev.frontdesk.cache.names.NamespaceName;

/**
 * The caller's name for an entry.
 *
 * @param namespace see {@link NamespaceName}
 * @param key 1 to 512 bytes of UTF-8, see {@link NameRule}
 */
public record EntryName(String namespace, String key) {

    static final NameRule KEY = new NameRule("key", 512);

    public EntryName {
        NamespaceName.checked(namespace);
        KEY.checked(key);
    }

    /** @param escaped as {@link dev.frontdesk.kit.redis.KeySpace#escape} wrote it */
    public static EntryName ofEscaped(String namespace, String escaped) {
        return new EntryName(namespace, CacheKeys.keyOf(escaped));
    }
}
