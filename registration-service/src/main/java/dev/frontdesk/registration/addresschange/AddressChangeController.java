package dev.frontdesk.registration.addresschange;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.reauthentication.Reauthentication;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/users/me/email}, and {@code /verify} with the code that was sent to the new address. */
@RestController
final class AddressChangeController {

    private final Reauthentication reauthentication;
    private final AddressChanges changes;

    AddressChangeController(Reauthentication reauthentication, AddressChanges changes) {
        this.reauthentication = reauthentication;
        this.changes = changes;
    }

    record Request(@Nullable String email, @Nullable String password) {

        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /**
     * @param email the new address, normalised
     * @param expiresAt when the code expires
     * @param resendAt when another code may be requested
     */
    record Answer(String status, String email, Instant expiresAt, Instant resendAt) {}

    @PostMapping("/api/v1/users/me/email")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Answer> request(@RequestBody Request request, Caller.Account caller, Origin origin) {
        var fields = new FieldReader();
        var email = fields.required("email", request.email(), EmailAddress::new);
        var password = fields.required("password", request.password(), Password::new);
        fields.check();
        var wanted = email.orElseThrow();
        return reauthentication
                .check(caller, origin, password.orElseThrow(), "password", account -> refuseItsOwn(account, wanted))
                .flatMap(account -> changes.request(account, wanted))
                .map(told -> new Answer("pending", wanted.value(), told.expiresAt(), told.resendAt()));
    }

    private static void refuseItsOwn(Account account, EmailAddress wanted) {
        if (account.email().equals(wanted)) {
            throw ProblemException.invalid("email", "is already the account's address");
        }
    }

    record Proof(@Nullable String code) {

        @Override
        public String toString() {
            return "Proof[***]";
        }
    }

    @PostMapping("/api/v1/users/me/email/verify")
    Mono<AccountAnswer> verify(@RequestBody Proof request, Caller.Account caller) {
        var fields = new FieldReader();
        var code = fields.required("code", request.code(), VerificationCode::new);
        fields.check();
        return changes.verify(caller, code.orElseThrow()).map(AccountAnswer::of);
    }
}
