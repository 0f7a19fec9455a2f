package dev.frontdesk.registration.exports;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/users/me/export}: reads directly from PostgreSQL and returns a file. */
@RestController
final class ExportController {

    private final Accounts accounts;
    private final List<ExportPart> parts;
    private final AccountProperties properties;
    private final Clock clock;

    ExportController(Accounts accounts, List<ExportPart> parts, AccountProperties properties, Clock clock) {
        this.accounts = accounts;
        this.parts = parts;
        this.properties = properties;
        this.clock = clock;
    }

    private record Field(String name, Object value) {}

    /** Stored data that {@link AccountAnswer} leaves out. */
    record Kept(String tenant, Set<String> roles, Instant updatedAt) {

        static Kept of(Account account) {
            return new Kept(account.tenant().value(), new TreeSet<>(account.roles()), account.updatedAt());
        }
    }

    @GetMapping("/api/v1/users/me/export")
    Mono<ResponseEntity<Map<String, Object>>> export(Caller.Account caller) {
        return accounts.find(caller.tenant(), caller.accountId())
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "The account no longer exists.")))
                .flatMap(this::write)
                .map(ExportController::asFile);
    }

    private Mono<Map<String, Object>> write(Account account) {
        var export = new LinkedHashMap<String, Object>();
        export.put("exported_at", clock.instant());
        export.put("account", AccountAnswer.of(account));
        export.put("kept", Kept.of(account));
        return Flux.fromIterable(parts)
                .concatMap(part ->
                        part.of(account).timeout(properties.readTimeout()).map(value -> new Field(part.name(), value)))
                .doOnNext(field -> export.put(field.name(), field.value()))
                .then(Mono.just(export));
    }

    private static ResponseEntity<Map<String, Object>> asFile(Map<String, Object> export) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"account.json\"")
                .cacheControl(CacheControl.noStore())
                .body(export);
    }
}
