package dev.frontdesk.registration.verification;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.passwords.Password;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/users/verify-email}: the code from the mail opens the account. If the request also has the
 * password of the sign-up, the account is certain to get that password, even if a stranger signed up the same address.
 */
@RestController
final class VerificationController {

    private final Verifications verifications;

    VerificationController(Verifications verifications) {
        this.verifications = verifications;
    }

    record Request(
            @Nullable String email,
            @Nullable String code,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    @PostMapping({"/api/v1/users/verify-email", "/users/verify-email"})
    Mono<ResponseEntity<AccountAnswer>> verify(@RequestBody Request request, Caller caller) {
        var fields = new FieldReader();
        var email = fields.required("email", request.email(), EmailAddress::new);
        var code = fields.required("code", request.code(), VerificationCode::new);
        var password = fields.optional("password", request.password(), Password::new);
        fields.check();
        return verifications
                .verify(caller.tenant(), email.orElseThrow(), code.orElseThrow(), password)
                .map(AccountAnswer::opened)
                .map(opened -> ResponseEntity.created(URI.create("/api/v1/users/" + opened.id()))
                        .body(opened));
    }
}
