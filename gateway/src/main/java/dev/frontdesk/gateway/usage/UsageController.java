package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/usage}: how many requests a tenant, its API keys and its accounts have made, and what their limits leave. */
@RestController
final class UsageController {

    /** Of a whole response, which may need some dozen calls of Redis. */
    private static final Duration WITHIN = Duration.ofSeconds(8);

    private final UsageReports reports;
    private final Clock clock;

    UsageController(UsageReports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    @GetMapping("/api/v1/usage")
    Mono<TenantUsage> ofTenant(
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return reports.ofTenant(tenant, UsageRange.read(interval, from, to, clock.instant()))
                .timeout(WITHIN);
    }

    @GetMapping("/api/v1/usage/api-keys/{id}")
    Mono<SubjectUsage> ofApiKey(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return reports.ofApiKey(tenant, id, UsageRange.read(interval, from, to, clock.instant()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "API key not found.")))
                .timeout(WITHIN);
    }

    @GetMapping("/api/v1/usage/accounts/{id}")
    Mono<SubjectUsage> ofAccount(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return reports.ofAccount(tenant, id, UsageRange.read(interval, from, to, clock.instant()))
                .timeout(WITHIN);
    }
}
