package dev.frontdesk.session.sessions;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What an account's owner sees of the sessions, and the way out of the current one. */
@RestController
@RequestMapping("/api/v1/sessions")
class OwnSessionsController {

    private final Sessions sessions;

    OwnSessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    record OwnSessions(List<OwnSession> sessions) {}

    record OwnSession(
            UUID sessionId,
            Instant createdAt,
            Instant lastActivityAt,
            Instant expiresAt,
            String userAgent,
            boolean current) {}

    /** The most recently used first. */
    @GetMapping
    Mono<ResponseEntity<OwnSessions>> list(Caller.Account caller) {
        return sessions.of(caller.tenant(), caller.accountId())
                .map(open -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(seenFrom(caller.sessionId(), open)));
    }

    /** Answers the same when the session is over already: what was asked for is so. */
    @DeleteMapping("/current")
    Mono<ResponseEntity<Void>> revokeCurrent(Caller.Account caller) {
        return sessions.revoke(caller.tenant(), caller.accountId(), caller.sessionId())
                .map(_ -> ResponseEntity.noContent()
                        .cacheControl(CacheControl.noStore())
                        .build());
    }

    private static OwnSessions seenFrom(UUID current, List<Session> open) {
        return new OwnSessions(open.stream()
                .sorted(Comparator.comparing(Session::lastActivityAt).reversed())
                .map(session -> new OwnSession(
                        session.id(),
                        session.createdAt(),
                        session.lastActivityAt(),
                        session.expiresAt(),
                        session.device().userAgent().value(),
                        session.id().equals(current)))
                .toList());
    }
}
