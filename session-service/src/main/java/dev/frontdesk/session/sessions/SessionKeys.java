package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.List;
import java.util.UUID;

/** Redis keys of sessions. All keys of one account, and its outbox, are in the slot of its partition. */
final class SessionKeys {

    private final KeySpace keys;
    private final List<String> sessionPrefixes;
    private final String signals;

    SessionKeys(KeySpace keys) {
        this.keys = keys;
        this.sessionPrefixes = Partition.all().stream()
                .map(partition -> keys.shared("session", partition, ""))
                .toList();
        this.signals = SessionSignal.channel(keys);
    }

    /** Never change it: the partition is part of every issued token. */
    static Partition partitionOf(TenantId tenant, UUID accountId) {
        return Partition.of(tenant, accountId);
    }

    String session(SessionToken token) {
        return sessionPrefix(token.partition()) + token.hash();
    }

    /** The part of the key before the token's hash. */
    String sessionPrefix(Partition partition) {
        return sessionPrefixes.get(partition.number());
    }

    /** The lowest credentials version that can open a session of the account; stored for a while after it has risen. */
    String credentialsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "credentials-of", partitionOf(tenant, accountId), accountId.toString());
    }

    /** The channel for everything that caches sessions. */
    String signals() {
        return signals;
    }

    /** A pattern of the indexes of all accounts of a tenant. */
    String sessionsOfAll(TenantId tenant) {
        return keys.key(tenant, "sessions-of", "") + "*";
    }

    /** The account's index: a sorted set of {@code <session id>:<token hash>} by expiry. */
    String sessionsOf(TenantId tenant, UUID accountId) {
        return keys.key(tenant, "sessions-of", partitionOf(tenant, accountId), accountId.toString());
    }
}
