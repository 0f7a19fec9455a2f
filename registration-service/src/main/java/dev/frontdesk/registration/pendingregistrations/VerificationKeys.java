package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.EmailAddress;
import java.util.UUID;

/**
 * Redis keys of pending registrations. The keys of one address share a slot with the indexes and the outbox of their
 * partition.
 */
public final class VerificationKeys {

    private final KeySpace keys;

    VerificationKeys(KeySpace keys) {
        this.keys = keys;
    }

    static Partition partition(TenantId tenant, EmailAddress email) {
        return Partition.of(tenant, email.value());
    }

    String pending(TenantId tenant, EmailAddress email) {
        return pending(tenant, partition(tenant, email), email.hash());
    }

    String pending(TenantId tenant, Partition partition, String addressHash) {
        return keys.key(tenant, "verification", partition, addressHash);
    }

    /** The times at which codes were requested for the address. */
    String requests(TenantId tenant, EmailAddress email) {
        return keys.key(tenant, "verification-requests", partition(tenant, email), email.hash());
    }

    /** Maps the id of a registration to its address, or records that the registration is gone. */
    String id(TenantId tenant, Partition partition, UUID registrationId) {
        return keys.key(tenant, "verification-id", partition, registrationId.toString());
    }

    /** Index of the addresses with pending registrations of one tenant, ordered by expiry. */
    String index(TenantId tenant, Partition partition) {
        return keys.key(tenant, "verification-index", partition, "by-expiry");
    }

    /** The same index over all tenants, used for counting. */
    String indexOfAll(Partition partition) {
        return keys.shared("verification-index", partition);
    }

    /** The member for an address in {@link #indexOfAll}. */
    static String memberOfAll(TenantId tenant, String addressHash) {
        return tenant + ":" + addressHash;
    }
}
