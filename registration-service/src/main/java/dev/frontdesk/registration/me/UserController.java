package dev.frontdesk.registration.me;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.profilecache.CachedProfiles;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code GET /api/v1/users/{id}}: an account of the caller's own tenant, for itself, an operator, an administrator or
 * an API key.
 * For all other authenticated callers it does not exist.
 */
@RestController
final class UserController {

    private static final String UUID_FORM =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private final CachedProfiles profiles;

    UserController(CachedProfiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping("/api/v1/users/{id:" + UUID_FORM + "}")
    Mono<AccountAnswer> show(@PathVariable UUID id, Caller caller) {
        return mayRead(caller, id)
                ? profiles.find(caller.tenant(), id).switchIfEmpty(Mono.error(UserController::notThere))
                : Mono.error(UserController::notThere);
    }

    private static boolean mayRead(Caller caller, UUID id) {
        return switch (caller) {
            case Caller.Operator _, Caller.ApiKey _ -> true;
            case Caller.Account account ->
                account.accountId().equals(id)
                        || account.roles().contains(Administrators.ROLE)
                        || account.roles().contains(Operators.ROLE);
            case Caller.Anonymous _ -> throw ProblemException.unauthenticated();
            case Caller.Service _ -> false;
        };
    }

    private static ProblemException notThere() {
        return new ProblemException(ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title() + ".");
    }
}
