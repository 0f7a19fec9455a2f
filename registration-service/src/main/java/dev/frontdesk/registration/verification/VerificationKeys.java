package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.registration.addresses.EmailAddress;

/** Redis keys of this feature; those of one address share a slot with the outbox of their partition. */
final class VerificationKeys {

    private final KeySpace keys;

    VerificationKeys(KeySpace keys) {
        this.keys = keys;
    }

    static Partition partition(TenantId tenant, EmailAddress email) {
        return Partition.of(tenant, email.value());
    }

    String pending(TenantId tenant, EmailAddress email) {
        return keys.key(tenant, "verification", partition(tenant, email), email.hash());
    }

    /** How many codes the address has asked for. */
    String codes(TenantId tenant, EmailAddress email) {
        return keys.key(tenant, "verification-codes", partition(tenant, email), email.hash());
    }
}
