package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionFields.millis;
import static dev.frontdesk.session.sessions.SessionScripts.concat;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All open sessions, in Redis. What changes one is a single script that writes the news of it in the same step. An error
 * says that Redis did not answer, never that a session is not there. {@link Revocations} end them.
 */
@Component
public class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final LuaScript OPEN =
            new LuaScript("sessions/open_session", "sessions/end_session", "sessions/index_session");
    private static final LuaScript TOUCH = LuaScript.alsoWhenFull("sessions/touch_session", "sessions/index_session");
    private static final LuaScript ROTATE = LuaScript.alsoWhenFull("sessions/rotate_session", "sessions/index_session");
    private static final LuaScript LIST = LuaScript.alsoWhenFull("sessions/list_sessions");

    private final ReactiveStringRedisTemplate redis;
    private final SessionScripts scripts;
    private final SessionKeys keys;
    private final SessionsProperties limits;

    Sessions(ReactiveStringRedisTemplate redis, SessionScripts scripts, SessionsProperties limits) {
        this.redis = redis;
        this.scripts = scripts;
        this.keys = scripts.keys;
        this.limits = limits;
    }

    /**
     * Opens a session with a token that nobody has seen before.
     *
     * @throws StaleCredentials (as a signal) when they were replaced since they were checked: nothing is opened then
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

    /** The open session of this token, which counts as in use now; empty when there is none. */
    public Mono<Session> touch(SessionToken token) {
        var args = concat(
                List.of(
                        millis(scripts.now()),
                        inMillis(limits.idleTimeout()),
                        inMillis(limits.activityInterval()),
                        token.hash(),
                        keys.sessionPrefix(token.partition()),
                        keys.signals()),
                SessionFields.NAMES);
        return scripts.run(TOUCH, List.of(keys.session(token)), args)
                .filter(fields -> !fields.isEmpty())
                .map(SessionFields::read);
    }

    /**
     * Gives an open session a new token. Whoever comes with the same old one within its grace gets the same new one, so that
     * it does not matter which of several parallel requests is first, or that an answer was lost. A token that is younger
     * than the grace stays: the one before is still good, and a replacement would end that.
     *
     * @param sessionId what the caller takes the token to stand for
     * @return empty when the token stands for no open session, or for another one
     */
    public Mono<OpenedSession> rotate(SessionToken old, UUID sessionId) {
        String salt = SessionToken.generateSalt();
        var candidate = old.successor(salt);
        var args = concat(
                List.of(
                        millis(scripts.now()),
                        inMillis(limits.idleTimeout()),
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
                .doOnNext(renewed -> logRenewal(old, renewed));
    }

    private static void logRenewal(SessionToken old, OpenedSession renewed) {
        if (!renewed.token().equals(old)) {
            log.info("Session {} has a new token", renewed.session().id());
        }
    }

    /** The account's open sessions, the one that expires first in front. */
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
                    case "opened" -> {
                        log.info("Session {} of account {} opened", session.id(), session.accountId());
                        yield Mono.empty();
                    }
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

    /** The script puts the number of other sessions in: only it can count them in the same step. */
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
