package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.devices.DeviceToken;
import dev.frontdesk.session.throttle.Admission;
import dev.frontdesk.session.throttle.LoggedInDevice;
import dev.frontdesk.session.throttle.LoginName;
import dev.frontdesk.session.throttle.LoginThrottle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has a password looked at only when it was counted before, and takes back what was no guess. */
@Component
class ThrottledCredentials {

    private final LoginThrottle throttle;
    private final RegisteredCredentials registered;

    ThrottledCredentials(LoginThrottle throttle, RegisteredCredentials registered) {
        this.throttle = throttle;
        this.registered = registered;
    }

    record Verified(VerifiedCredentials account, LoggedInDevice device) {}

    /**
     * @param device what the client has shown of it
     * @param opening what a right password opens. A device becomes known only when that is open, and its secret about to be
     *     answered with: one whose secret nobody got would take the place of a real one
     */
    <T> Mono<T> verify(
            TenantId tenant,
            CredentialCheck credentials,
            Origin origin,
            @Nullable DeviceToken device,
            Function<Verified, Mono<T>> opening) {
        return throttle.admit(tenant, LoginName.of(credentials.email()), ClientRange.of(origin.address()), device)
                .flatMap(admitted -> {
                    var known = throttle.deviceOf(admitted);
                    return registered
                            .verify(tenant, credentials, origin)
                            .flatMap(account -> opening.apply(new Verified(account, known)))
                            .onErrorResume(error -> notOpened(admitted, error))
                            .flatMap(opened ->
                                    throttle.succeeded(admitted, known).thenReturn(opened));
                });
    }

    /** Only who was told that it is wrong has learned something. */
    private <T> Mono<T> notOpened(Admission admitted, Throwable error) {
        boolean wrong = error instanceof ProblemException problem && problem.type() == ProblemType.WRONG_CREDENTIALS;
        Mono<Void> settled = wrong ? throttle.failed(admitted) : throttle.takeBack(admitted);
        return settled.then(Mono.error(error));
    }
}
