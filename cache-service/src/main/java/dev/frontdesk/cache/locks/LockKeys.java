package dev.frontdesk.cache.locks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;

/** The keys of locks. A tenant's locks are spread over all partitions. */
final class LockKeys {

    private static final String LOCK = "lock";

    private final KeySpace keys;

    LockKeys(KeySpace keys) {
        this.keys = keys;
    }

    static Partition partition(TenantId tenant, LockName name) {
        return Partition.of(tenant, name.text());
    }

    /** The name of a lock in the index: the last part of its key. */
    static String indexed(LockName name) {
        return KeySpace.escape(name.text());
    }

    String lock(TenantId tenant, LockName name) {
        return keys.key(tenant, LOCK, partition(tenant, name), name.text());
    }

    /** What the keys of all locks of a partition begin with. */
    String prefix(TenantId tenant, Partition partition) {
        return keys.key(tenant, LOCK, partition, "");
    }

    /** The last fencing number of a partition. It is the one kind of key without a time to live. */
    String fence(TenantId tenant, Partition partition) {
        return keys.key(tenant, "lock-fence", partition, "number");
    }

    String index(TenantId tenant, Partition partition) {
        return keys.key(tenant, "lock-index", partition, "by-expiry");
    }

    /** Channel: the key of each lock that is released while a client waits for it. */
    String releases() {
        return keys.shared("lock-releases");
    }
}
