package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.NamespaceSettings;
import java.time.Duration;

/**
 * How an entry is kept.
 *
 * @param ttl whole seconds
 * @param evicts whether it takes the place of others once the tenant's quota is used up
 */
public record Retention(Duration ttl, boolean evicts) {

    /** Of an entry that takes no other's place. */
    public static Retention of(Duration ttl) {
        return new Retention(ttl, false);
    }

    static Retention of(Owner owner, Duration ttl, NamespaceSettings settings) {
        return new Retention(ttl, owner instanceof Owner.Application && settings.evicts());
    }
}
