package dev.frontdesk.registration.me;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.profilecache.CachedProfiles;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** {@code GET} and {@code PATCH /api/v1/users/me}: the caller's account. */
@RestController
final class MeController {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final CachedProfiles profiles;
    private final AccountChanges changes;
    private final PhoneNumberParser phones;

    MeController(CachedProfiles profiles, AccountChanges changes, PhoneNumberParser phones) {
        this.profiles = profiles;
        this.changes = changes;
        this.phones = phones;
    }

    @GetMapping("/api/v1/users/me")
    Mono<MyAccount> show(Caller.Account caller) {
        return profiles.find(caller.tenant(), caller.accountId())
                .map(account -> MyAccount.of(account, caller))
                .switchIfEmpty(Mono.error(MeController::gone));
    }

    @PatchMapping(
            path = "/api/v1/users/me",
            consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    Mono<MyAccount> change(@RequestBody JsonNode patch, Caller.Account caller) {
        var change = ProfilePatch.read(patch, phones);
        if (change.isNothing()) {
            return show(caller);
        }
        return changes.changeProfile(caller.tenant(), caller.accountId(), change)
                .delayUntil(profiles::changed)
                .map(account -> MyAccount.of(AccountAnswer.of(account), caller))
                .switchIfEmpty(Mono.error(MeController::gone));
    }

    /** A session may outlive its account by seconds. */
    private static ProblemException gone() {
        return new ProblemException(ProblemType.NOT_FOUND, "The account no longer exists.");
    }
}
