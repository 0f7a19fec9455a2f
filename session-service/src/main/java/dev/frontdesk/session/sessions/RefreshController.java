package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.browsers.Browser;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Gives the caller's session a new token. Only the caller has the old token, so the gateway forwards it here; it
 * forwards it nowhere else.
 */
@RestController
class RefreshController {

    private final Sessions sessions;

    RefreshController(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param token null where the session is in a cookie */
    record RefreshAnswer(@Nullable SessionToken token, UUID sessionId, Instant expiresAt) {}

    @PostMapping("/api/v1/sessions/refresh")
    Mono<ResponseEntity<RefreshAnswer>> refresh(
            Caller.Account caller, @RequestHeader HttpHeaders headers, Browser browser) {
        return tokenIn(headers)
                .flatMap(token -> sessions.rotate(token, caller.sessionId()))
                // The session, or the grace period of its old token, ended after the gateway's check.
                .switchIfEmpty(Mono.error(ProblemException::invalidCredential))
                .map(renewed -> answer(renewed, browser));
    }

    private static Mono<SessionToken> tokenIn(HttpHeaders headers) {
        List<String> tokens = headers.getOrEmpty(Headers.SESSION_TOKEN);
        return tokens.size() == 1 ? Mono.justOrEmpty(SessionToken.parse(tokens.getFirst())) : Mono.empty();
    }

    private static ResponseEntity<RefreshAnswer> answer(OpenedSession renewed, Browser browser) {
        var token = renewed.token();
        var session = renewed.session();
        var answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
        if (browser.holdsTheSession()) {
            return answer.headers(all -> all.addAll(browser.session(token.value(), session.endsAt())))
                    .body(new RefreshAnswer(null, session.id(), session.expiresAt()));
        }
        return answer.body(new RefreshAnswer(token, session.id(), session.expiresAt()));
    }
}
