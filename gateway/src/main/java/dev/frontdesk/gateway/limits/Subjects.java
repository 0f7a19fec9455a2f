package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Bound;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.web.server.ServerWebExchange;

/** Finds whose requests a request is counted with, by which policies, and at what cost. */
final class Subjects {

    /** The cost of looking at a subject. */
    private static final int UNCOUNTED = 0;

    private final Limits limits;
    private final TenantQuotas tenantQuotas;
    private final Function<UUID, Quotas> keyQuotas;
    private final RouteCosts costs;

    /** @param keyQuotas the quotas that an API key has of its own */
    Subjects(Limits limits, TenantQuotas tenantQuotas, Function<UUID, Quotas> keyQuotas, RouteCosts costs) {
        this.limits = limits;
        this.tenantQuotas = tenantQuotas;
        this.keyQuotas = keyQuotas;
        this.costs = costs;
        check("address", limits.address());
        check("account", limits.account());
        check("api-key", limits.apiKey());
        check("tenant", limits.tenant());
    }

    /** @throws IllegalStateException if requests of some route could never pass */
    private void check(String name, Policy policy) {
        long cost = Limited.of(Subject.address(name), policy, costs.most()).cost();
        for (Bound bound : Bound.values()) {
            long limit = policy.limit(bound);
            if (limit > 0 && limit < cost) {
                throw new IllegalStateException("frontdesk.gateway.limits." + name + ": its limit of " + limit + " ("
                        + bound.reason() + ") is less than the " + cost + " that a request of the most expensive route"
                        + " counts as");
            }
        }
    }

    /** The address, for a caller that has not proved who it is. */
    Limited ofAddress(String range, ServerWebExchange exchange) {
        return Limited.of(Subject.address(range), limits.address(), costs.of(exchange));
    }

    /** The key of the application that calls for the account, if there is one, the account, and its tenant if it has limits. */
    List<Limited> of(Caller.Account account, ServerWebExchange exchange) {
        int factor = costs.of(exchange);
        var counted = new ArrayList<Limited>();
        if (account.key() != null) {
            counted.add(limited(account.key(), factor));
        }
        if (!limits.account().isUnlimited()) {
            counted.add(Limited.of(Subject.account(account.tenant(), account.accountId()), limits.account(), factor));
        }
        return withTenant(account.tenant(), factor, counted);
    }

    /** The API key, then its tenant if that has limits. */
    List<Limited> of(Caller.ApiKey key, ServerWebExchange exchange) {
        int factor = costs.of(exchange);
        return withTenant(key.tenant(), factor, new ArrayList<>(List.of(limited(key, factor))));
    }

    /** An address whose requests in all gateways are asked for: its bucket is in each gateway, and nowhere as a whole. */
    Limited ofAddress(String range) {
        return Limited.of(Subject.address(range), limits.address().windows(), UNCOUNTED);
    }

    Limited ofAccount(TenantId tenant, UUID account) {
        return Limited.of(Subject.account(tenant, account), limits.account(), UNCOUNTED);
    }

    Limited ofApiKey(TenantId tenant, UUID key, Quotas quotas) {
        return Limited.of(Subject.apiKey(tenant, key), limits.apiKey().with(quotas), UNCOUNTED);
    }

    Limited ofTenant(TenantId tenant) {
        return Limited.of(Subject.tenant(tenant), limits.tenant().with(tenantQuotas.of(tenant)), UNCOUNTED);
    }

    private Limited limited(Caller.ApiKey key, int factor) {
        return Limited.of(
                Subject.apiKey(key.tenant(), key.id()), limits.apiKey().with(keyQuotas.apply(key.id())), factor);
    }

    private List<Limited> withTenant(TenantId tenant, int factor, List<Limited> counted) {
        Policy policy = limits.tenant().with(tenantQuotas.of(tenant));
        if (!policy.isUnlimited()) {
            counted.add(Limited.of(Subject.tenant(tenant), policy, factor));
        }
        return counted;
    }
}
