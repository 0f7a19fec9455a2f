package dev.frontdesk.kit.tenants;

import dev.frontdesk.kit.redis.KeySpace;

/**
 * The copy of the tenants in Redis. registration-service alone writes it; gateways read it. Its values and messages are
 * {@code TenantRecord}s as JSON.
 */
public final class TenantKeys {

    /** A field of the copy that exists once all tenants have been written; it can't be a tenant's id. */
    public static final String COMPLETE = "_complete";

    private TenantKeys() {}

    /** A hash: a tenant's id, and its record. */
    public static String copy(KeySpace keys) {
        return keys.shared("tenants");
    }

    /** A channel: a tenant's record after each change. It reaches only instances that are subscribed at that moment. */
    public static String changes(KeySpace keys) {
        return keys.shared("tenant-changes");
    }
}
