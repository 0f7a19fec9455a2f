package dev.frontdesk.session.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.session.browsers.Browser;
import dev.frontdesk.session.browsers.Transport;
import dev.frontdesk.session.devices.DeviceName;
import dev.frontdesk.session.devices.DeviceToken;
import dev.frontdesk.session.login.LoginRequest.Login;
import dev.frontdesk.session.sessions.NewSession;
import dev.frontdesk.session.sessions.OpenedSession;
import dev.frontdesk.session.sessions.SessionToken;
import dev.frontdesk.session.sessions.Sessions;
import dev.frontdesk.session.sessions.StaleCredentials;
import dev.frontdesk.session.sessions.UserAgent;
import dev.frontdesk.session.throttle.LoggedInDevice;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Opens a session for a client that knows an account's password, in the tenant of the request. A token that the caller
 * already has does not matter: every login creates a new one.
 */
@RestController
class LoginController {

    private final ThrottledCredentials credentials;
    private final Sessions sessions;

    LoginController(ThrottledCredentials credentials, Sessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** The tokens are null here if they are sent as cookies. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LoginAnswer(
            @Nullable SessionToken token,
            UUID sessionId,
            Instant expiresAt,
            @Nullable DeviceToken deviceToken) {}

    private record Opened(OpenedSession session, LoggedInDevice device) {}

    @PostMapping("/api/v1/sessions")
    Mono<ResponseEntity<LoginAnswer>> login(
            @RequestBody LoginRequest request, Caller caller, Origin origin, Browser browser) {
        Login login = request.checked();
        if (login.transport() == Transport.COOKIE) {
            browser.checkMayAskForCookies();
        }
        var inCookie = browser.deviceSecret().flatMap(DeviceToken::parse);
        var device = login.device().or(() -> inCookie);
        return open(caller.tenant(), login, origin, device.orElse(null))
                .map(opened -> answer(opened, login.transport(), browser, inCookie.orElse(null)));
    }

    private Mono<Opened> open(TenantId tenant, Login login, Origin origin, @Nullable DeviceToken device) {
        return credentials
                .verify(
                        tenant,
                        login.credentials(),
                        origin,
                        device,
                        verified -> sessions.open(tenant, verified.account(), opening(login, verified.device(), origin))
                                .map(session -> new Opened(session, verified.device())))
                // The credentials were replaced during the login: check the password once more. Once is enough, because
                // it is not replaced twice in a moment.
                .retryWhen(Retry.max(1)
                        .filter(StaleCredentials.class::isInstance)
                        .onRetryExhaustedThrow((_, last) -> last.failure()))
                .onErrorMap(StaleCredentials.class, _ -> Problems.unavailable());
    }

    private static NewSession opening(Login login, LoggedInDevice device, Origin origin) {
        var name = login.name().orElseGet(() -> DeviceName.said(origin.userAgent()));
        return new NewSession(
                device.token().deviceId(),
                device.known(),
                name.value(),
                UserAgent.of(origin.userAgent()),
                origin.address());
    }

    private static ResponseEntity<LoginAnswer> answer(
            Opened opened, Transport transport, Browser browser, @Nullable DeviceToken inCookie) {
        var token = opened.session().token();
        var session = opened.session().session();
        var device = opened.device();
        var answer = ResponseEntity.status(HttpStatus.CREATED).cacheControl(CacheControl.noStore());
        return switch (transport) {
            // A token in a cookie that scripts cannot read must not also be in the body, which they can read.
            case TOKEN ->
                answer.body(new LoginAnswer(
                        token,
                        session.id(),
                        session.expiresAt(),
                        device.token().equals(inCookie) ? null : device.token()));
            case COOKIE ->
                answer.headers(all -> {
                            all.addAll(browser.session(token.value(), session.endsAt()));
                            all.addAll(browser.device(device.token().value(), device.lasts()));
                        })
                        .body(new LoginAnswer(null, session.id(), session.expiresAt(), null));
        };
    }
}
