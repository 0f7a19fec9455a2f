package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.EmailAddress;
import java.util.UUID;

/** Redis keys of this feature; those of one address share a slot with the indexes and the outbox of their partition. */
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

    /** When the address has asked for codes. */
    String requests(TenantId tenant, EmailAddress email) {
        return keys.key(tenant, "verification-requests", partition(tenant, email), email.hash());
    }

    /** Leads from a registration's id to its address, or tells that it is gone. */
    String id(TenantId tenant, Partition partition, UUID registrationId) {
        return keys.key(tenant, "verification-id", partition, registrationId.toString());
    }

    /** Addresses of a tenant's pending registrations by expiry. */
    String index(TenantId tenant, Partition partition) {
        return keys.key(tenant, "verification-index", partition, "by-expiry");
    }

    /** The same of all tenants, for their number. */
    String indexOfAll(Partition partition) {
        return keys.shared("verification-index", partition);
    }

    /** Names an address in {@link #indexOfAll}. */
    static String memberOfAll(TenantId tenant, String addressHash) {
        return tenant + ":" + addressHash;
    }
}
