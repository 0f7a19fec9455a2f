package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.redis.KeySpace;

/**
 * {@code frontdesk:{env}:{tenant}:cache:app:{namespace}:{key}} and
 * {@code frontdesk:{env}:{tenant}:cache:account-{id}:{namespace}:{key}}. The caller chooses only the last two parts: a
 * namespace has no colon, and the key is escaped.
 */
final class CacheKeys {

    private final KeySpace keys;

    CacheKeys(KeySpace keys) {
        this.keys = keys;
    }

    String entry(Owner owner, EntryName name) {
        return keys.key(owner.tenant(), "cache:" + place(owner) + ":" + name.namespace(), name.key());
    }

    private static String place(Owner owner) {
        return switch (owner) {
            case Owner.Application _ -> "app";
            case Owner.Account account -> "account-" + account.id();
        };
    }
}
