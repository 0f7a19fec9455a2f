package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionScripts.concat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends sessions early. In the same step, everything that caches an open session is informed: immediately by a signal,
 * and reliably by an event. All methods may be repeated.
 */
@Component
public class Revocations {

    private static final Logger log = LoggerFactory.getLogger(Revocations.class);

    private static final LuaScript REVOKE = LuaScript.alsoWhenFull("sessions/revoke_session", "sessions/end_session");
    private static final LuaScript REVOKE_ALL = LuaScript.alsoWhenFull("sessions/revoke_all", "sessions/end_session");

    /** Value for the lowest valid credentials version: sessions with any version stay open. */
    private static final String ANY = "any";

    private static final String NONE = "none";

    /** Accounts of a deleted tenant. */
    private static final int AT_ONCE = 16;

    /** How long the mark is stored that stops a login in progress; a password check takes seconds. */
    private static final Duration LONGEST_LOGIN = Duration.ofHours(1);

    private final SessionScripts scripts;
    private final SessionKeys keys;

    Revocations(SessionScripts scripts) {
        this.scripts = scripts;
        this.keys = scripts.keys;
    }

    /**
     * Ends a session of this account.
     *
     * @return whether it was open; a session of another account is never found
     */
    public Mono<Boolean> revoke(TenantId tenant, UUID accountId, UUID sessionId) {
        return run(
                        REVOKE,
                        tenant,
                        accountId,
                        List.of(keys.sessionsOf(tenant, accountId), outboxOf(tenant, accountId)),
                        List.of(sessionId.toString()))
                .map(reply -> reply.getFirst().equals("1"))
                .doOnEach(TraceLog.onNext(wasOpen -> {
                    if (wasOpen) {
                        log.info("Session {} of account {} revoked", sessionId, accountId);
                    }
                }));
    }

    /**
     * Ends all sessions of this account except one. Clients that know the password can log in again.
     *
     * @return how many were open
     */
    public Mono<Long> revokeOthers(TenantId tenant, UUID accountId, UUID kept) {
        return revokeAll(tenant, accountId, kept.toString(), ANY);
    }

    /**
     * Ends the sessions that were opened with an older credentials version, and prevents logins in progress from
     * opening sessions with one. Sessions opened with this version or a later one stay open, however late this is
     * called.
     *
     * @param kept stays open too, as if opened with this version
     */
    public Mono<Long> revokeOpenedBefore(
            long credentialsVersion, TenantId tenant, UUID accountId, @Nullable UUID kept) {
        return revokeAll(tenant, accountId, kept == null ? "" : kept.toString(), Long.toString(credentialsVersion));
    }

    /** Ends all sessions of a deleted account, and prevents logins in progress from opening another one. */
    public Mono<Long> revokeForGood(TenantId tenant, UUID accountId) {
        return revokeAll(tenant, accountId, "", NONE);
    }

    /**
     * Ends all sessions of a deleted tenant. Reads all keys of Redis, because it is rare.
     *
     * @return how many were open
     */
    public Mono<Long> revokeOfTenant(TenantId tenant) {
        return scripts.keysLike(keys.sessionsOfAll(tenant))
                .map(key -> UUID.fromString(key.substring(key.lastIndexOf(':') + 1)))
                .flatMap(account -> revokeForGood(tenant, account), AT_ONCE)
                .reduce(0L, Long::sum)
                .doOnEach(TraceLog.onNext(ended -> log.info("{} sessions of tenant {} revoked", ended, tenant)));
    }

    private Mono<Long> revokeAll(TenantId tenant, UUID accountId, String kept, String validFrom) {
        return run(
                        REVOKE_ALL,
                        tenant,
                        accountId,
                        List.of(
                                keys.sessionsOf(tenant, accountId),
                                outboxOf(tenant, accountId),
                                keys.credentialsOf(tenant, accountId)),
                        List.of(kept, validFrom, Long.toString(LONGEST_LOGIN.toMillis())))
                .map(reply -> Long.parseLong(reply.getFirst()))
                .doOnEach(TraceLog.onNext(ended -> log.info("{} sessions of account {} revoked", ended, accountId)));
    }

    private Mono<List<String>> run(
            LuaScript script, TenantId tenant, UUID accountId, List<String> touched, List<String> args) {
        Partition partition = SessionKeys.partitionOf(tenant, accountId);
        return scripts.revocationEvent(tenant, accountId)
                .map(event -> concat(List.of(keys.sessionPrefix(partition), event), scripts.listeners(partition), args))
                .flatMap(all -> scripts.run(script, touched, all));
    }

    private String outboxOf(TenantId tenant, UUID accountId) {
        return scripts.outbox(SessionKeys.partitionOf(tenant, accountId));
    }
}
