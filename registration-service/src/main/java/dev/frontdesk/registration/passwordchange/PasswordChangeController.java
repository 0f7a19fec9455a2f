package dev.frontdesk.registration.passwordchange;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.AccountSignals;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordHashing;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.reauthentication.Reauthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/users/me/password}: the calling session stays open, all others of the account end. */
@RestController
final class PasswordChangeController {

    private final Reauthentication reauthentication;
    private final PasswordPolicy policy;
    private final PasswordHashing hashing;
    private final AccountChanges changes;
    private final AccountSignals signals;

    PasswordChangeController(
            Reauthentication reauthentication,
            PasswordPolicy policy,
            PasswordHashing hashing,
            AccountChanges changes,
            AccountSignals signals) {
        this.reauthentication = reauthentication;
        this.policy = policy;
        this.hashing = hashing;
        this.changes = changes;
        this.signals = signals;
    }

    record Request(
            @Nullable String currentPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    @PostMapping("/api/v1/users/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> change(@RequestBody Request request, Caller.Account caller, Origin origin) {
        var fields = new FieldReader();
        var current = fields.required("current_password", request.currentPassword(), Password::new);
        var chosen = fields.required("new_password", request.newPassword(), Password::new);
        // Rules that need no account are checked first, so that a refusal costs no hash.
        chosen.flatMap(it -> policy.objection(it, null))
                .ifPresent(objection -> fields.refuse("new_password", objection));
        fields.check();
        return reauthentication
                .check(
                        caller,
                        origin,
                        current.orElseThrow(),
                        "current_password",
                        account -> check(account, chosen.orElseThrow()))
                .zipWhen(_ -> hashing.hash(chosen.orElseThrow()))
                .flatMap(found -> changes.changePassword(found.getT1(), found.getT2(), caller.sessionId()))
                .delayUntil(changed -> signals.outdated(changed, caller.sessionId()))
                .switchIfEmpty(Mono.error(PasswordChangeController::overtaken))
                .then();
    }

    private void check(Account account, Password chosen) {
        policy.objection(
                        chosen,
                        account.email(),
                        account.profile().firstName(),
                        account.profile().lastName())
                .ifPresent(objection -> {
                    throw ProblemException.invalid("new_password", objection);
                });
    }

    private static ProblemException overtaken() {
        return new ProblemException(ProblemType.CONFLICT, "Another request has changed the account. Read it again.");
    }
}
