package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.limits.BoundState;
import dev.frontdesk.gateway.limits.SubjectLimits;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts together what a tenant is told of its requests. Fails while Redis does not answer. */
final class UsageReports {

    /** Accounts and API keys that are named. */
    static final int MOST_NAMED = 100;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReportsInWork inWork = new ReportsInWork();
    private final RedisUsage redis;
    private final SubjectLimits limits;

    UsageReports(RedisUsage redis, SubjectLimits limits) {
        this.redis = redis;
        this.limits = limits;
    }

    /** Fails with 503 if as many are being made already: each may read and hold the counts of many subjects. */
    Mono<TenantUsage> ofTenant(TenantId tenant, UsageRange range) {
        return Mono.defer(() -> {
            if (!inWork.begin(tenant)) {
                return Mono.error(new ProblemException(
                                ProblemType.OVERLOADED, "Too many reports at once. Try again after Retry-After.")
                        .retryAfter(RETRY_AFTER));
            }
            return Mono.defer(() -> read(tenant, range)).doFinally(_ -> inWork.end(tenant));
        });
    }

    private Mono<TenantUsage> read(TenantId tenant, UsageRange range) {
        var apiKeys = new UsageTotals(UsageSubject.API_KEYS);
        var accounts = new UsageTotals(UsageSubject.ACCOUNTS);
        return limits.ofTenant(tenant)
                .flatMap(bounds -> usage(tenant, UsageSubject.TENANT, range, bounds))
                .flatMap(own -> Flux.concat(
                                fields(tenant, range.wholeDays(), ChronoUnit.DAYS),
                                fields(tenant, range.otherHours(), ChronoUnit.HOURS))
                        .doOnNext(apiKeys::add)
                        .doOnNext(accounts::add)
                        .then(Mono.fromSupplier(
                                () -> TenantUsage.of(own, apiKeys.ranking(MOST_NAMED), accounts.ranking(MOST_NAMED)))));
    }

    private Flux<Map<String, String>> fields(TenantId tenant, List<Instant> periods, ChronoUnit unit) {
        return Flux.fromIterable(periods).concatMap(from -> redis.fields(tenant, from, unit), 1);
    }

    /** Of an account that does not exist nothing is counted. */
    Mono<SubjectUsage> ofAccount(TenantId tenant, UUID account, UsageRange range) {
        return limits.ofAccount(tenant, account)
                .flatMap(bounds -> usage(tenant, UsageSubject.account(account), range, bounds));
    }

    /** Of a revoked key there are still its requests. Empty for a key of which the tenant has neither. */
    Mono<SubjectUsage> ofApiKey(TenantId tenant, UUID key, UsageRange range) {
        var subject = UsageSubject.apiKey(key);
        return limits.ofApiKey(tenant, key)
                .flatMap(bounds -> usage(tenant, subject, range, bounds))
                .switchIfEmpty(Mono.defer(
                        () -> usage(tenant, subject, range, List.of()).filter(usage -> usage.requestCount() > 0)));
    }

    private Mono<SubjectUsage> usage(TenantId tenant, UsageSubject subject, UsageRange range, List<BoundState> bounds) {
        return redis.read(tenant, subject, range.periods(), range.interval().unit())
                .map(counts -> SubjectUsage.of(range, counts, bounds));
    }
}
