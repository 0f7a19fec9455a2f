package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.util.StringUtils;

/**
 * The keys of entries and of what is known about them. The caller chooses only the namespace, which has no colon, and the last
 * part of an entry's key, which is escaped. The entries of a tenant's application are spread over all partitions, those of an
 * account are in one.
 */
final class CacheKeys {

    private static final String ENTRY = "cache";
    private static final String NAMESPACE = "cache-namespace";
    private static final String INDEX = "cache-index";
    private static final String USAGE = "cache-usage";
    private static final String SWEEPS = "cache-sweeps";

    private final KeySpace keys;

    CacheKeys(KeySpace keys) {
        this.keys = keys;
    }

    static Partition partition(Owner owner, EntryName name) {
        return switch (owner) {
            case Owner.Application application -> Partition.of(application.tenant(), name.namespace(), name.key());
            case Owner.Account account -> partitionOf(account);
        };
    }

    /** Where a namespace can have entries. */
    static List<Partition> partitions(Owner owner) {
        return switch (owner) {
            case Owner.Application _ -> Partition.all();
            case Owner.Account account -> List.of(partitionOf(account));
        };
    }

    private static Partition partitionOf(Owner.Account account) {
        return Partition.of(account.tenant(), account.id());
    }

    String entry(Owner owner, EntryName name) {
        return entry(owner, partition(owner, name), name);
    }

    String entry(Owner owner, Partition partition, EntryName name) {
        return keys.key(owner.tenant(), ENTRY, partition, List.of(place(owner), name.namespace(), name.key()));
    }

    /** The name of an entry in the index: the last part of its key. */
    static String indexed(EntryName name) {
        return KeySpace.escape(name.key());
    }

    /** The key whose name in the index this is. */
    static String keyOf(String indexed) {
        return StringUtils.uriDecode(indexed, StandardCharsets.UTF_8);
    }

    /** Hash: the epochs of the namespace and of its tags, and how much it has in this partition. */
    String namespace(Owner owner, String namespace, Partition partition) {
        return keys.key(owner.tenant(), NAMESPACE, partition, List.of(place(owner), namespace));
    }

    /** Sorted set: the names of a namespace's entries in this partition. */
    String index(Owner owner, String namespace, Partition partition) {
        return keys.key(owner.tenant(), INDEX, partition, List.of(place(owner), namespace));
    }

    /** What the scripts that change entries need besides the entries, in their order. */
    List<String> aboutEntries(Owner owner, String namespace, Partition partition) {
        return List.of(
                namespace(owner, namespace, partition),
                index(owner, namespace, partition),
                usage(owner.tenant(), partition),
                sweeps(partition));
    }

    /** The member of {@link #sweeps}. */
    static String sweep(Owner owner, String namespace) {
        return owner.tenant() + " " + place(owner) + " " + namespace;
    }

    /** Hash: how much a tenant has in this partition. */
    String usage(TenantId tenant, Partition partition) {
        return keys.key(tenant, USAGE, partition, "total");
    }

    /** Sorted set: the indexes of all tenants by the time at which they have something to remove. */
    String sweeps(Partition partition) {
        return keys.shared(SWEEPS, partition);
    }

    String prefix() {
        return keys.prefix();
    }

    private static String place(Owner owner) {
        return switch (owner) {
            case Owner.Application _ -> "app";
            case Owner.Account account -> "account-" + account.id();
        };
    }
}
