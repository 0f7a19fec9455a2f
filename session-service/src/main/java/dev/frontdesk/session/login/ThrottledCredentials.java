package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.devices.DeviceToken;
import dev.frontdesk.session.throttle.AdmittedLogin;
import dev.frontdesk.session.throttle.LoggedInDevice;
import dev.frontdesk.session.throttle.LoginName;
import dev.frontdesk.session.throttle.LoginThrottle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts a login before its password is checked, and removes it from the count if it was not a wrong guess. */
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
     * @param device the device token that the client sent
     * @param opening opens the session after a correct password. The device becomes known only after that, when its
     *     secret is about to be returned: a device whose secret no client received would take the place of a real one
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

    /** A login stays counted only if the client learned that the password is wrong. */
    private <T> Mono<T> notOpened(AdmittedLogin admitted, Throwable error) {
        boolean wrong = error instanceof ProblemException problem && problem.type() == ProblemType.WRONG_CREDENTIALS;
        Mono<Void> settled = wrong ? throttle.failed(admitted) : throttle.takeBack(admitted);
        return settled.then(Mono.error(error));
    }
}
