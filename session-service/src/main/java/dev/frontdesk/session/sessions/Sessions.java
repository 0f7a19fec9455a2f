package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionFields.millis;
import static java.time.temporal.ChronoUnit.MILLIS;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventRecorder;
import dev.frontdesk.kit.outbox.RedisOutbox;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All open sessions, in Redis. What changes one is a single script that writes the news of it in the same step. An error
 * says that Redis did not answer, never that a session is not there.
 */
@Component
public class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final LuaScript OPEN = new LuaScript("sessions/open_session");
    private static final LuaScript TOUCH = new LuaScript("sessions/touch_session");
    private static final LuaScript LIST = new LuaScript("sessions/list_sessions");
    private static final LuaScript REVOKE = new LuaScript("sessions/revoke_session");
    private static final LuaScript REVOKE_ALL = new LuaScript("sessions/revoke_all");

    /** Of a session that does not exist; the script puts each real one in its place. */
    private static final UUID NO_SESSION = new UUID(0, 0);

    private final ReactiveStringRedisTemplate redis;
    private final SessionKeys keys;
    private final RedisOutbox outbox;
    private final EventRecorder recorder;
    private final SessionsProperties limits;
    private final Clock clock;

    Sessions(
            ReactiveStringRedisTemplate redis,
            KeySpace keys,
            RedisOutbox outbox,
            EventRecorder recorder,
            SessionsProperties limits,
            Clock clock) {
        this.redis = redis;
        this.keys = new SessionKeys(keys);
        this.outbox = outbox;
        this.recorder = recorder;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens a session with a token that nobody has seen before.
     *
     * @throws StaleCredentials (as a signal) when they were replaced since they were checked: nothing is opened then
     */
    public Mono<OpenedSession> open(TenantId tenant, VerifiedCredentials account, Opening opening) {
        Instant now = now();
        Instant absoluteEnd = limits.absoluteEnd(now);
        var session = new Session(
                UUID.randomUUID(),
                tenant,
                account.accountId(),
                account.roles(),
                account.locale(),
                account.credentialsVersion(),
                opening.device(),
                now,
                now,
                limits.end(now, absoluteEnd),
                absoluteEnd);
        var token = SessionToken.generate(SessionKeys.partitionOf(tenant, account.accountId()));
        return recorder.recordAsJson(openingOf(session, opening))
                .flatMap(event -> write(session, token, event))
                .thenReturn(new OpenedSession(token, session));
    }

    /** The open session of this token, which counts as in use now; empty when there is none. */
    public Mono<Session> touch(SessionToken token) {
        var args = concat(
                List.of(
                        millis(now()),
                        Long.toString(limits.idleTimeout().toMillis()),
                        Long.toString(limits.activityInterval().toMillis()),
                        token.hash()),
                SessionFields.NAMES);
        return TOUCH.run(redis, List.of(keys.session(token)), args)
                .filter(fields -> !fields.isEmpty())
                .map(SessionFields::read);
    }

    /** The account's open sessions, the one that expires first in front. */
    public Mono<List<Session>> of(TenantId tenant, UUID accountId) {
        var partition = SessionKeys.partitionOf(tenant, accountId);
        var args = concat(List.of(millis(now()), keys.sessionPrefix(partition)), SessionFields.NAMES);
        return LIST.run(redis, List.of(keys.sessionsOf(tenant, accountId)), args)
                .map(Sessions::sessionsIn);
    }

    /**
     * Ends a session of this account before its time.
     *
     * @return whether it was open; another account's session never is
     */
    public Mono<Boolean> revoke(TenantId tenant, UUID accountId, UUID sessionId) {
        var partition = SessionKeys.partitionOf(tenant, accountId);
        var revoked = new SessionRevoked(tenant.value(), accountId, sessionId, now());
        return recorder.recordAsJson(revoked)
                .flatMap(event -> REVOKE.run(
                        redis,
                        List.of(keys.sessionsOf(tenant, accountId), outbox.streamKey(partition)),
                        List.of(
                                sessionId.toString(),
                                keys.sessionPrefix(partition),
                                event,
                                outbox.wakeChannel(),
                                numberOf(partition))))
                .map(reply -> reply.getFirst().equals("1"))
                .doOnNext(wasOpen -> {
                    if (wasOpen) {
                        log.info("Session {} of account {} revoked", sessionId, accountId);
                    }
                });
    }

    /** Ends every session of this account before its time. May be repeated. */
    public Mono<Long> revokeAll(TenantId tenant, UUID accountId) {
        return revokeAll(tenant, accountId, "", Long.toString(Long.MAX_VALUE));
    }

    /**
     * Ends the sessions of this account that were opened until then. May be repeated, also much later: a session that was
     * opened with what is valid since then goes on.
     *
     * @param kept goes on as well
     */
    public Mono<Long> revokeOpenedUntil(Instant then, TenantId tenant, UUID accountId, @Nullable UUID kept) {
        return revokeAll(tenant, accountId, kept == null ? "" : kept.toString(), millis(then));
    }

    private Mono<Long> revokeAll(TenantId tenant, UUID accountId, String kept, String openedUntil) {
        var partition = SessionKeys.partitionOf(tenant, accountId);
        var revoked = new SessionRevoked(tenant.value(), accountId, NO_SESSION, now());
        return recorder.recordAsJson(revoked)
                .flatMap(event -> REVOKE_ALL.run(
                        redis,
                        List.of(keys.sessionsOf(tenant, accountId), outbox.streamKey(partition)),
                        List.of(
                                kept,
                                openedUntil,
                                keys.sessionPrefix(partition),
                                event,
                                outbox.wakeChannel(),
                                numberOf(partition))))
                .map(reply -> Long.parseLong(reply.getFirst()))
                .doOnNext(ended -> log.info("{} sessions of account {} revoked", ended, accountId));
    }

    Mono<List<String>> write(Session session, SessionToken token, String event) {
        var partition = token.partition();
        var args = concat(
                List.of(
                        millis(session.createdAt()),
                        millis(session.expiresAt()),
                        millis(session.endsAt()),
                        session.id() + ":" + token.hash(),
                        event,
                        outbox.wakeChannel(),
                        numberOf(partition)),
                namedFieldsOf(session));
        return OPEN.run(
                        redis,
                        List.of(
                                keys.session(token),
                                keys.sessionsOf(session.tenant(), session.accountId()),
                                outbox.streamKey(partition)),
                        args)
                .doOnNext(_ -> log.info("Session {} of account {} opened", session.id(), session.accountId()));
    }

    /** The script puts the number of other sessions in: only it can count them in the same step. */
    private static SessionOpened openingOf(Session session, Opening opening) {
        return new SessionOpened(
                session.tenant().value(),
                session.accountId(),
                session.id(),
                session.device().id(),
                opening.knownDevice(),
                session.device().userAgent().value(),
                0,
                session.locale(),
                session.createdAt());
    }

    private static List<Session> sessionsIn(List<String> reply) {
        int width = SessionFields.NAMES.size();
        var sessions = new ArrayList<Session>();
        for (int start = 0; start < reply.size(); start += width) {
            sessions.add(SessionFields.read(reply.subList(start, start + width)));
        }
        return sessions;
    }

    private static List<String> namedFieldsOf(Session session) {
        var named = new ArrayList<String>();
        var values = SessionFields.write(session).iterator();
        SessionFields.NAMES.forEach(name -> {
            named.add(name);
            named.add(values.next());
        });
        return named;
    }

    /** Redis keeps milliseconds; what is answered at once should be what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(MILLIS);
    }

    private static String numberOf(Partition partition) {
        return Integer.toString(partition.number());
    }

    private static List<String> concat(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
