package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.UUID;

/** Redis keys of sessions. All keys of one account, and its outbox, are in the slot of its partition. */
final class SessionKeys {

    private final KeySpace keys;

    SessionKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** Never change it: the partition is part of every issued token. */
    static Partition partitionOf(TenantId tenant, UUID accountId) {
        return Partition.of(tenant, accountId);
    }

    String session(SessionToken token) {
        return keys.shared("session", token.partition(), token.hash());
    }

    /** The part of the key before the token's hash. */
    String sessionPrefix(Partition partition) {
        return keys.shared("session", partition, "");
    }

    /** The lowest credentials version that can open a session of the account; stored for a while after it has risen. */
    String credentialsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "credentials-of", partitionOf(tenant, accountId), accountId.toString());
    }

    /** The channel for everything that caches sessions. */
    String signals() {
        return SessionSignal.channel(keys);
    }

    /** The account's index: a sorted set of {@code <session id>:<token hash>} by expiry. */
    String sessionsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "sessions-of", partitionOf(tenant, accountId), accountId.toString());
    }
}
