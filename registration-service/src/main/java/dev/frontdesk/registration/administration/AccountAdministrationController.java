package dev.frontdesk.registration.administration;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.registration.accounts.SearchKey;
import java.text.Normalizer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/admin/accounts}: operators search accounts, disable and enable them, and give and take roles. */
@RestController
@RequestMapping("/api/v1/admin/accounts")
final class AccountAdministrationController {

    private static final int LONGEST_PREFIX = 254;

    private final AccountSearch search;
    private final AccountAdministration accounts;

    AccountAdministrationController(AccountSearch search, AccountAdministration accounts) {
        this.search = search;
        this.accounts = accounts;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<AccountSummary> accounts, @Nullable String nextCursor) {}

    @Takes(query = {"q", "status", "limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        var fields = new FieldReader();
        var prefix = fields.optional("q", parameters.getFirst("q"), AccountAdministrationController::readPrefix);
        var disabled =
                fields.optional("status", parameters.getFirst("status"), AccountAdministrationController::readStatus);
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return search.find(
                        tenant,
                        prefix.orElse(null),
                        disabled.orElse(null),
                        limit.orElse(Page.DEFAULT_LIMIT),
                        after.orElse(null))
                .map(page -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new Found(page.items(), page.nextCursor())));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<AccountSummary>> show(@PathVariable UUID id, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return search.find(tenant, id)
                .switchIfEmpty(Mono.error(AccountAdministrationController::notFound))
                .map(account ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(account));
    }

    /** Also succeeds when the account is already disabled. */
    @PostMapping("/{id}/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> disable(@PathVariable UUID id, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return accounts.close(tenant, id).flatMap(this::orNotFound);
    }

    /** Also succeeds when the account is not disabled. */
    @PostMapping("/{id}/enable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> enable(@PathVariable UUID id, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return accounts.open(tenant, id).flatMap(this::orNotFound);
    }

    /**
     * Also succeeds when the account already has the role. The role takes effect at the next login, because a change of
     * roles ends all sessions.
     */
    @PutMapping("/{id}/roles/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> give(@PathVariable UUID id, @PathVariable String role, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        Role given = roleIn(role);
        return accounts.give(tenant, id, given)
                .onErrorMap(
                        RoleLimitExceeded.class,
                        tooMany ->
                                ProblemException.invalid("role", "can't be added: the account " + tooMany.getMessage()))
                .flatMap(this::orNotFound);
    }

    /** Also succeeds when the account does not have the role; otherwise its sessions end. */
    @DeleteMapping("/{id}/roles/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> take(@PathVariable UUID id, @PathVariable String role, Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        Role taken = roleIn(role);
        return accounts.take(tenant, id, taken).flatMap(this::orNotFound);
    }

    private static Role roleIn(String path) {
        var fields = new FieldReader();
        var role = fields.required("role", path, Role::new);
        fields.check();
        return role.orElseThrow();
    }

    private Mono<Void> orNotFound(boolean found) {
        return found ? Mono.empty() : Mono.error(notFound());
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Account not found.");
    }

    private static String readPrefix(String text) {
        boolean tooLong = text.length() > LONGEST_PREFIX;
        if (tooLong || text.indexOf(0) >= 0 || SearchKey.of(text).value().isEmpty()) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST_PREFIX + " characters");
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    private static boolean readStatus(String text) {
        return switch (text) {
            case "active" -> false;
            case "disabled" -> true;
            default -> throw new IllegalArgumentException("must be active or disabled");
        };
    }
}
