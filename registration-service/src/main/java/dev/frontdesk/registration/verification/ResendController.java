package dev.frontdesk.registration.verification;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.registration.clientlimits.ClientLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/users/resend-verification}: sends another code if the address has a pending sign-up. The response
 * is the same in every case.
 */
@RestController
final class ResendController {

    private final Verifications verifications;
    private final ClientLimit clientLimit;

    ResendController(Verifications verifications, ClientLimit clientLimit) {
        this.verifications = verifications;
        this.clientLimit = clientLimit;
    }

    record Request(@Nullable String email) {

        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /** The same as the response of register. */
    record Answer(String status, String email, Instant expiresAt, Instant resendAt) {}

    @PostMapping("/api/v1/users/resend-verification")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Answer> resend(@RequestBody Request request, Caller caller, Origin origin) {
        return resend(request.email(), caller, origin);
    }

    @PostMapping("/resend-verification")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Answer> resendTo(@RequestParam(required = false) @Nullable String email, Caller caller, Origin origin) {
        return resend(email, caller, origin);
    }

    private Mono<Answer> resend(@Nullable String given, Caller caller, Origin origin) {
        var fields = new FieldReader();
        var email = fields.required("email", given, EmailAddress::new);
        fields.check();
        var address = email.orElseThrow();
        return clientLimit
                .take(caller, origin)
                .then(Mono.defer(() -> verifications.again(caller.tenant(), address, ClientRange.of(origin.address()))))
                .map(told -> new Answer("pending", address.value(), told.expiresAt(), told.resendAt()));
    }
}
