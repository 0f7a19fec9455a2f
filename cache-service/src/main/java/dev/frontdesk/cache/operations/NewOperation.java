package dev.frontdesk.cache.operations;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.List;

/**
 * An operation that a client asks for.
 *
 * @param pattern of a deletion, else empty
 * @param keys of a warm-up, else empty
 * @param total how many keys it will go over, as far as this is known
 */
record NewOperation(
        TenantId tenant, Operation.Kind kind, String namespace, String pattern, List<String> keys, long total) {

    static NewOperation warmUp(TenantId tenant, String namespace, List<String> keys) {
        return new NewOperation(tenant, Operation.Kind.WARM_UP, namespace, "", keys, keys.size());
    }

    static NewOperation deletion(TenantId tenant, String namespace, String pattern, long entries) {
        return new NewOperation(tenant, Operation.Kind.DELETION, namespace, pattern, List.of(), entries);
    }

    /** Without pattern and keys, which can be private. */
    @Override
    public String toString() {
        return "NewOperation[" + tenant + " " + kind + "]";
    }
}
