package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionScripts.concat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends sessions before their time. Whoever remembers an open session is told in the same step, at once by a signal and for
 * certain by an event. All of it may be repeated.
 */
@Component
public class Revocations {

    private static final Logger log = LoggerFactory.getLogger(Revocations.class);

    private static final LuaScript REVOKE = LuaScript.alsoWhenFull("sessions/revoke_session", "sessions/end_session");
    private static final LuaScript REVOKE_ALL = LuaScript.alsoWhenFull("sessions/revoke_all", "sessions/end_session");

    /** Of the credentials with which sessions stay open. */
    private static final String ANY = "any";

    private static final String NONE = "none";

    /** How long the mark stays that stops a login on its way; a check of a password takes seconds. */
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
     * @return whether it was open; another account's session never is
     */
    public Mono<Boolean> revoke(TenantId tenant, UUID accountId, UUID sessionId) {
        return run(
                        REVOKE,
                        tenant,
                        accountId,
                        List.of(keys.sessionsOf(tenant, accountId), outboxOf(tenant, accountId)),
                        List.of(sessionId.toString()))
                .map(reply -> reply.getFirst().equals("1"))
                .doOnNext(wasOpen -> {
                    if (wasOpen) {
                        log.info("Session {} of account {} revoked", sessionId, accountId);
                    }
                });
    }

    /**
     * Ends all sessions of this account but one. Who knows the password may log in again.
     *
     * @return how many were open
     */
    public Mono<Long> revokeOthers(TenantId tenant, UUID accountId, UUID kept) {
        return revokeAll(tenant, accountId, kept.toString(), ANY);
    }

    /**
     * Ends the sessions that were opened with credentials before this version, and refuses those that a login which is on
     * its way would open with them. What was opened with this version or a later one goes on, however late this comes.
     *
     * @param kept goes on as well, as if opened with this version
     */
    public Mono<Long> revokeOpenedBefore(
            long credentialsVersion, TenantId tenant, UUID accountId, @Nullable UUID kept) {
        return revokeAll(tenant, accountId, kept == null ? "" : kept.toString(), Long.toString(credentialsVersion));
    }

    /** Ends all sessions of an account that is gone, and lets no login that is on its way open another one. */
    public Mono<Long> revokeForGood(TenantId tenant, UUID accountId) {
        return revokeAll(tenant, accountId, "", NONE);
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
                .doOnNext(ended -> log.info("{} sessions of account {} revoked", ended, accountId));
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
