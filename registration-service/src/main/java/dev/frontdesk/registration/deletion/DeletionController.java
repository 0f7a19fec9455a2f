package dev.frontdesk.registration.deletion;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.reauthentication.Reauthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code DELETE /api/v1/users/me}; asks for the password again, because a deletion can't be undone. */
@RestController
final class DeletionController {

    private final Reauthentication reauthentication;
    private final AccountDeletion accountDeletion;

    DeletionController(Reauthentication reauthentication, AccountDeletion accountDeletion) {
        this.reauthentication = reauthentication;
        this.accountDeletion = accountDeletion;
    }

    record Request(@Nullable String password) {

        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    @DeleteMapping("/api/v1/users/me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@RequestBody Request request, Caller.Account caller, Origin origin) {
        var fields = new FieldReader();
        var password = fields.required("password", request.password(), Password::new);
        fields.check();
        return reauthentication
                .check(caller, origin, password.orElseThrow(), "password", _ -> {})
                .flatMap(accountDeletion::delete)
                .switchIfEmpty(Mono.error(DeletionController::overtaken))
                .then();
    }

    private static ProblemException overtaken() {
        return new ProblemException(ProblemType.CONFLICT, "Another request has changed the account. Read it again.");
    }
}
