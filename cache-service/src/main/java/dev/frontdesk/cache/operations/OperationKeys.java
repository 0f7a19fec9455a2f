package dev.frontdesk.cache.operations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.List;
import java.util.UUID;

/** The keys of operations, see operation_functions.lua. All are in one partition, because all tenants share the queue. */
final class OperationKeys {

    private static final Partition PARTITION = Partition.of("cache-operations");
    private static final String OPERATION = "cache-operation";
    private static final String OPERATIONS = "cache-operations";

    private final KeySpace keys;

    OperationKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** What all keys begin with. */
    String prefix() {
        return keys.prefix();
    }

    String tag() {
        return PARTITION.tag();
    }

    String queue() {
        return keys.shared(OPERATIONS, PARTITION);
    }

    String operation(TenantId tenant, UUID id) {
        return keys.key(tenant, OPERATION, PARTITION, id.toString());
    }

    /** What the keys of a tenant's operations begin with. */
    String operations(TenantId tenant) {
        return keys.key(tenant, OPERATION, PARTITION, "");
    }

    /** All operations of a tenant by their creation. */
    String byTime(TenantId tenant) {
        return keys.key(tenant, OPERATIONS, PARTITION, "by-time");
    }

    /** KEYS[1] to [5] of the scripts that change one operation. */
    List<String> about(TenantId tenant, UUID id) {
        return List.of(
                queue(),
                operation(tenant, id),
                keys.key(tenant, "cache-operation-keys", PARTITION, id.toString()),
                keys.key(tenant, OPERATIONS, PARTITION, "open"),
                byTime(tenant));
    }
}
