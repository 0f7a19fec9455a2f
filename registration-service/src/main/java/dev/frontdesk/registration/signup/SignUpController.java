package dev.frontdesk.registration.signup;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.registration.clientlimits.ClientLimit;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/users/register}: requests an account in the tenant of the caller. Open to anonymous callers. */
@RestController
final class SignUpController {

    private final SignUps signUps;
    private final PasswordPolicy policy;
    private final PhoneNumberParser phones;
    private final ClientLimit clientLimit;

    SignUpController(SignUps signUps, PasswordPolicy policy, PhoneNumberParser phones, ClientLimit clientLimit) {
        this.signUps = signUps;
        this.policy = policy;
        this.phones = phones;
        this.clientLimit = clientLimit;
    }

    /**
     * @param email normalised
     * @param expiresAt when the sign-up expires
     * @param resendAt when another code may be requested
     */
    record Answer(String status, String email, Instant expiresAt, Instant resendAt) {}

    @PostMapping({"/api/v1/users/register", "/users/register"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Answer> register(@RequestBody SignUpRequest request, Caller caller, Origin origin) {
        SignUp signUp = request.checked(policy, phones);
        return clientLimit
                .take(caller, origin)
                .then(Mono.defer(() -> signUps.take(caller.tenant(), signUp, ClientRange.of(origin.address()))))
                .map(told -> new Answer("pending", signUp.email().value(), told.expiresAt(), told.resendAt()));
    }
}
