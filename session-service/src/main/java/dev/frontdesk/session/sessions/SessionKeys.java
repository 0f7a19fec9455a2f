package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.UUID;

/** Redis keys of sessions. All keys of one account, and the outbox beside them, share its partition's slot. */
final class SessionKeys {

    private final KeySpace keys;

    SessionKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** Never change it: the partition stands in every token that is out there. */
    static Partition partitionOf(TenantId tenant, UUID accountId) {
        return Partition.of(tenant, accountId);
    }

    String session(SessionToken token) {
        return keys.shared("session", token.partition(), token.hash());
    }

    /** What stands before the token's hash. */
    String sessionPrefix(Partition partition) {
        return keys.shared("session", partition, "");
    }

    /** The lowest credentials version with which the account can be logged in to, for a while after it rose. */
    String credentialsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "credentials-of", partitionOf(tenant, accountId), accountId.toString());
    }

    /** Where all who remember something of sessions listen. */
    String signals() {
        return SessionSignal.channel(keys);
    }

    /** The account's index: a sorted set of {@code <session id>:<token hash>} by expiry. */
    String sessionsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "sessions-of", partitionOf(tenant, accountId), accountId.toString());
    }
}
