package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.browsers.Browser;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets an account's owner list and end the account's sessions. */
@RestController
@RequestMapping("/api/v1/sessions")
class OwnSessionsController {

    private final Sessions sessions;
    private final Revocations revocations;

    OwnSessionsController(Sessions sessions, Revocations revocations) {
        this.sessions = sessions;
        this.revocations = revocations;
    }

    record OwnSessions(List<OwnSession> sessions) {}

    /** @param revoked how many open sessions were ended */
    record Revoked(long revoked) {}

    /** The most recently used first. */
    @GetMapping
    Mono<ResponseEntity<OwnSessions>> list(Caller.Account caller) {
        return sessions.of(caller.tenant(), caller.accountId())
                .map(open -> open.stream()
                        .sorted(Comparator.comparing(Session::lastActivityAt).reversed())
                        .map(session -> OwnSession.of(session, caller.sessionId()))
                        .toList())
                .map(open -> answer(new OwnSessions(open)));
    }

    @GetMapping("/current")
    Mono<ResponseEntity<CurrentSession>> showCurrent(Caller.Account caller) {
        return sessions.of(caller.tenant(), caller.accountId())
                .flatMapIterable(open -> open)
                .filter(session -> session.id().equals(caller.sessionId()))
                .singleOrEmpty()
                // The session ended after the gateway's check.
                .switchIfEmpty(Mono.error(ProblemException::invalidCredential))
                .map(session -> answer(CurrentSession.of(session)));
    }

    /** Returns the same response when the session has already ended: the requested state is reached. */
    @DeleteMapping("/current")
    Mono<ResponseEntity<Void>> revokeCurrent(Caller.Account caller, Browser browser) {
        return revocations
                .revoke(caller.tenant(), caller.accountId(), caller.sessionId())
                .thenReturn(gone(browser.end()));
    }

    /** Answers 404 for a session of another account and for one that has ended. */
    @DeleteMapping("/{id:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}")
    Mono<ResponseEntity<Void>> revokeOne(@PathVariable UUID id, Caller.Account caller, Browser browser) {
        return revocations
                .revoke(caller.tenant(), caller.accountId(), id)
                .filter(wasOpen -> wasOpen)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "Session not found.")))
                .thenReturn(gone(id.equals(caller.sessionId()) ? browser.end() : HttpHeaders.EMPTY));
    }

    @DeleteMapping
    Mono<ResponseEntity<Revoked>> revokeOthers(Caller.Account caller) {
        return revocations
                .revokeOthers(caller.tenant(), caller.accountId(), caller.sessionId())
                .map(ended -> answer(new Revoked(ended)));
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static ResponseEntity<Void> gone(HttpHeaders headers) {
        return ResponseEntity.noContent()
                .cacheControl(CacheControl.noStore())
                .headers(headers)
                .build();
    }
}
