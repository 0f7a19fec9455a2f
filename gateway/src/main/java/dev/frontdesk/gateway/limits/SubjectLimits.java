package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.apikeys.ApiKeys;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How subjects stand now, by the policies that hold for them. Counts nothing. Fails while Redis does not answer. */
public final class SubjectLimits {

    private final RequestLimiter limiter;
    private final Subjects subjects;
    private final ApiKeys apiKeys;

    SubjectLimits(RequestLimiter limiter, Subjects subjects, ApiKeys apiKeys) {
        this.limiter = limiter;
        this.subjects = subjects;
        this.apiKeys = apiKeys;
    }

    /** An empty list for a tenant without limits. */
    public Mono<List<BoundState>> ofTenant(TenantId tenant) {
        return statesOf(subjects.ofTenant(tenant));
    }

    /** Only registration-service knows which accounts exist: of an unknown one nothing is used. */
    public Mono<List<BoundState>> ofAccount(TenantId tenant, UUID account) {
        return statesOf(subjects.ofAccount(tenant, account));
    }

    /** Empty if the tenant has no such key, or has revoked it. */
    public Mono<List<BoundState>> ofApiKey(TenantId tenant, UUID key) {
        return apiKey(tenant, key).flatMap(this::statesOf);
    }

    Mono<Limited> apiKey(TenantId tenant, UUID key) {
        return apiKeys.quotasOf(tenant, key).map(quotas -> subjects.ofApiKey(tenant, key, quotas));
    }

    /** Forgets the requests of all routes. */
    Mono<Void> reset(Limited limited) {
        return Flux.fromIterable(subjects.onRoutes(limited.subject()))
                .map(Limited::subject)
                .startWith(limited.subject())
                .concatMap(limiter::reset)
                .then();
    }

    Mono<List<BoundState>> statesOf(Limited limited) {
        var all = new ArrayList<Limited>();
        if (!limited.policy().isUnlimited()) {
            all.add(limited);
        }
        all.addAll(subjects.onRoutes(limited.subject()));
        return all.isEmpty()
                ? Mono.just(List.of())
                : limiter.peek(all)
                        .map(decision -> decision.standings().stream()
                                .flatMap(standing -> BoundState.of(standing).stream())
                                .toList());
    }
}
