package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.problem.Problems;
import dev.frontdesk.session.sessions.OpenedSession;
import dev.frontdesk.session.sessions.Opening;
import dev.frontdesk.session.sessions.SessionToken;
import dev.frontdesk.session.sessions.Sessions;
import dev.frontdesk.session.sessions.StaleCredentials;
import dev.frontdesk.session.sessions.UserAgent;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Opens a session for whoever knows an account's password, in the tenant of the call. A token that the caller has already
 * plays no part: every login makes a new one.
 */
@RestController
class LoginController {

    private final RegisteredCredentials registered;
    private final Sessions sessions;

    LoginController(RegisteredCredentials registered, Sessions sessions) {
        this.registered = registered;
        this.sessions = sessions;
    }

    record LoginAnswer(SessionToken token, UUID sessionId, Instant expiresAt) {}

    @PostMapping("/api/v1/sessions")
    Mono<ResponseEntity<LoginAnswer>> login(@RequestBody LoginRequest request, Caller caller, Origin origin) {
        CredentialCheck credentials = request.credentials();
        return sessions.checkAvailable()
                .then(Mono.defer(() -> open(caller.tenant(), credentials, origin)))
                .map(LoginController::answer);
    }

    private Mono<OpenedSession> open(TenantId tenant, CredentialCheck credentials, Origin origin) {
        return registered
                .verify(tenant, credentials, origin)
                .flatMap(account -> sessions.open(tenant, account, opening(origin)))
                // Whether the password is still right can be asked: once, as it is not replaced twice in a moment.
                .retryWhen(Retry.max(1)
                        .filter(StaleCredentials.class::isInstance)
                        .onRetryExhaustedThrow((_, last) -> last.failure()))
                .onErrorMap(StaleCredentials.class, _ -> Problems.unavailable());
    }

    private static Opening opening(Origin origin) {
        return new Opening(UUID.randomUUID(), false, "", UserAgent.of(origin.userAgent()), origin.address());
    }

    private static ResponseEntity<LoginAnswer> answer(OpenedSession opened) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new LoginAnswer(
                        opened.token(), opened.session().id(), opened.session().expiresAt()));
    }
}
