package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionFields.millis;
import static dev.frontdesk.session.sessions.SessionScripts.concat;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All open sessions, in Redis. Each change is a single script, which also writes the event or sends the signal about
 * it. An error means that Redis did not respond, never that a session does not exist. {@link Revocations} end sessions.
 */
@Component
public class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final LuaScript OPEN =
            new LuaScript("sessions/open_session", "sessions/end_session", "sessions/index_session");
    private static final LuaScript TOUCH = LuaScript.alsoWhenFull("sessions/touch_session", "sessions/index_session");
    private static final LuaScript ROTATE = LuaScript.alsoWhenFull("sessions/rotate_session", "sessions/index_session");
    private static final LuaScript LIST = LuaScript.alsoWhenFull("sessions/list_sessions");

    private final SessionScripts scripts;
    private final SessionKeys keys;
    private final SessionsProperties limits;
    private final String idleTimeout;
    private final String activityInterval;

    Sessions(SessionScripts scripts, SessionsProperties limits) {
        this.scripts = scripts;
        this.keys = scripts.keys;
        this.limits = limits;
        this.idleTimeout = inMillis(limits.idleTimeout());
        this.activityInterval = inMillis(limits.activityInterval());
    }

    /**
     * Opens a session with a new random token.
     *
     * @throws StaleCredentials (as a signal) when the credentials were replaced after they were checked: no session is
     *     opened then
     */
    public Mono<OpenedSession> open(TenantId tenant, VerifiedCredentials account, NewSession newSession) {
        Instant now = scripts.now();
        Instant absoluteEnd = limits.absoluteEnd(now);
        var session = new Session(
                UUID.randomUUID(),
                tenant,
                account.accountId(),
                account.roles(),
                account.locale(),
                account.credentialsVersion(),
                newSession.device(),
                now,
                now,
                limits.end(now, absoluteEnd),
                absoluteEnd);
        var token = SessionToken.generate(SessionKeys.partitionOf(tenant, account.accountId()));
        return scripts.event(openingOf(session, newSession))
                .flatMap(event -> write(session, token, event))
                .thenReturn(new OpenedSession(token, session));
    }

    /** Finds the open session of this token and counts this as a use; empty when there is none. */
    public Mono<Session> touch(SessionToken token) {
        String hash = token.hash();
        String prefix = keys.sessionPrefix(token.partition());
        return scripts.runDirectly(
                        TOUCH,
                        prefix + hash,
                        millis(scripts.now()),
                        idleTimeout,
                        activityInterval,
                        hash,
                        prefix,
                        keys.signals())
                .filter(fields -> !fields.isEmpty())
                .map(SessionFields::readBytes);
    }

    /**
     * Gives an open session a new token. All requests with the same old token get the same new one within its grace
     * period, so the order of parallel requests and a lost response do not matter. A token younger than the grace
     * period is not replaced: its predecessor is still valid, and a replacement would end that.
     *
     * @param sessionId the session that the caller expects the token to belong to
     * @return empty when the token belongs to no open session, or to another one
     */
    public Mono<OpenedSession> rotate(SessionToken old, UUID sessionId) {
        String salt = SessionToken.generateSalt();
        var candidate = old.successor(salt);
        var args = concat(
                List.of(
                        millis(scripts.now()),
                        idleTimeout,
                        inMillis(limits.rotationGrace()),
                        sessionId.toString(),
                        old.hash(),
                        candidate.hash(),
                        salt,
                        keys.sessionPrefix(old.partition()),
                        keys.signals()),
                SessionFields.NAMES);
        return scripts.run(ROTATE, List.of(keys.session(old), keys.session(candidate)), args)
                .filter(reply -> !reply.isEmpty())
                .map(reply -> new OpenedSession(
                        reply.getFirst().isEmpty() ? old : old.successor(reply.getFirst()),
                        SessionFields.read(reply.subList(1, reply.size()))))
                .doOnEach(TraceLog.onNext(renewed -> logRenewal(old, renewed)));
    }

    private static void logRenewal(SessionToken old, OpenedSession renewed) {
        if (!renewed.token().equals(old)) {
            log.info("Token of session {} rotated", renewed.session().id());
        }
    }

    /** The account's open sessions, ordered by expiry, earliest first. */
    public Mono<List<Session>> of(TenantId tenant, UUID accountId) {
        var partition = SessionKeys.partitionOf(tenant, accountId);
        var args = concat(List.of(millis(scripts.now()), keys.sessionPrefix(partition)), SessionFields.NAMES);
        return scripts.run(LIST, List.of(keys.sessionsOf(tenant, accountId)), args)
                .map(SessionFields::readMany);
    }

    Mono<Void> write(Session session, SessionToken token, String event) {
        return scripts.revocationEvent(session.tenant(), session.accountId())
                .flatMap(ending -> scripts.run(OPEN, keysOf(session, token), argsOf(session, token, event, ending)))
                .flatMap(reply -> switch (reply.getFirst()) {
                    case "stale" -> Mono.error(new StaleCredentials());
                    case "opened" ->
                        TraceLog.line(
                                () -> log.info("Session {} of account {} opened", session.id(), session.accountId()));
                    default -> Mono.empty();
                });
    }

    private List<String> keysOf(Session session, SessionToken token) {
        return List.of(
                keys.session(token),
                keys.sessionsOf(session.tenant(), session.accountId()),
                scripts.outbox(token.partition()),
                keys.credentialsOf(session.tenant(), session.accountId()));
    }

    private List<String> argsOf(Session session, SessionToken token, String event, String ending) {
        return concat(
                List.of(
                        millis(session.createdAt()),
                        millis(session.expiresAt()),
                        millis(session.endsAt()),
                        session.id() + ":" + token.hash(),
                        Long.toString(session.credentialsVersion()),
                        Integer.toString(limits.maxPerAccount()),
                        keys.sessionPrefix(token.partition()),
                        event,
                        ending),
                scripts.listeners(token.partition()),
                SessionFields.writeNamed(session));
    }

    /** The script fills in the number of other sessions: only the script can count them in the same step. */
    private static SessionOpened openingOf(Session session, NewSession newSession) {
        return new SessionOpened(
                session.tenant().value(),
                session.accountId(),
                session.id(),
                session.device().id(),
                newSession.knownDevice(),
                session.device().userAgent().value(),
                0,
                session.locale(),
                session.createdAt());
    }

    private static String inMillis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
