package dev.frontdesk.gateway.limits;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;

/** Finds whose requests a request is counted with, by which policies, and at what cost. */
final class Subjects {

    /** The cost of looking at a subject. */
    private static final int UNCOUNTED = 0;

    private final Limits limits;
    private final TenantQuotas tenants;
    private final Function<UUID, Quotas> keyQuotas;
    private final RouteCosts costs;

    /** @param keyQuotas the quotas that an API key has of its own */
    Subjects(Limits limits, TenantQuotas tenants, Function<UUID, Quotas> keyQuotas, RouteCosts costs) {
        this.limits = limits;
        this.tenants = tenants;
        this.keyQuotas = keyQuotas;
        this.costs = costs;
        limits.plans().forEach((plan, ofPlan) -> {
            requireLimits("plans." + plan + ".account", ofPlan.account());
            requireLimits("plans." + plan + ".api-key", ofPlan.apiKey());
            requireLimits("plans." + plan + ".tenant", ofPlan.tenant());
        });
        limits.routes().forEach((route, ofRoute) -> {
            costs.requireRoute(route);
            for (Subject.Kind kind : Subject.Kind.values()) {
                requireLimits("routes." + route + "." + kind.label(), ofRoute.of(kind));
            }
        });
    }

    /** @throws IllegalStateException for a policy that says something, but no limit: it would take limits away */
    private static void requireLimits(String name, @Nullable Policy policy) {
        if (policy != null && policy.isUnlimited()) {
            throw new IllegalStateException(
                    "frontdesk.gateway.limits." + name + " has no limit. Say all of them: those that"
                            + " are left out are none, not those of all tenants and routes");
        }
    }

    /** The address, for a caller that has not proved who it is. */
    Limited ofAddress(String range, ServerWebExchange exchange) {
        return Limited.of(Subject.address(range), limits.address(), costs.of(exchange));
    }

    /** The requests of the address to this route; null if the route has no limit for addresses. */
    @Nullable Limited ofAddressOnRoute(String range, ServerWebExchange exchange) {
        return onRoute(Subject.address(range), exchange);
    }

    /** The key of the application that calls for the account, if there is one, the account, and its tenant; with limits only. */
    List<Limited> of(Caller.Account account, ServerWebExchange exchange) {
        var counted = new ArrayList<Limited>();
        if (account.key() != null) {
            add(counted, ofKey(account.key()), exchange);
        }
        add(counted, ofAccount(account.tenant(), account.accountId()), exchange);
        add(counted, ofTenant(account.tenant()), exchange);
        return counted;
    }

    /** The API key, then its tenant; with limits only. */
    List<Limited> of(Caller.ApiKey key, ServerWebExchange exchange) {
        var counted = new ArrayList<Limited>();
        add(counted, ofKey(key), exchange);
        add(counted, ofTenant(key.tenant()), exchange);
        return counted;
    }

    private void add(List<Limited> counted, Limited uncounted, ServerWebExchange exchange) {
        Limited general = Limited.of(uncounted.subject(), uncounted.policy(), costs.of(exchange));
        if (!general.policy().isUnlimited() && general.cost() > 0) {
            counted.add(general);
        }
        Limited onRoute = onRoute(uncounted.subject(), exchange);
        if (onRoute != null) {
            counted.add(onRoute);
        }
    }

    private @Nullable Limited onRoute(Subject subject, ServerWebExchange exchange) {
        Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
        Policy policy = route == null ? null : limitsOf(route).of(subject.kind());
        return route == null || policy == null || policy.isUnlimited()
                ? null
                : Limited.of(subject.on(route.getId()), policy, 1);
    }

    private RouteLimits limitsOf(Route route) {
        RouteLimits own = RouteLimits.in(route);
        return own == null ? limits.routes().getOrDefault(route.getId(), RouteLimits.NONE) : own;
    }

    /** The same subject on each route with limits for it. */
    List<Limited> onRoutes(Subject subject) {
        var all = new ArrayList<Limited>();
        limits.routes().forEach((route, ofRoute) -> {
            Policy policy = ofRoute.of(subject.kind());
            if (policy != null && !policy.isUnlimited()) {
                all.add(Limited.of(subject.on(route), policy, UNCOUNTED));
            }
        });
        return all;
    }

    /** An address whose requests in all gateways are asked for: its bucket is in each gateway, and nowhere as a whole. */
    Limited ofAddress(String range) {
        return Limited.of(Subject.address(range), limits.address().windows(), UNCOUNTED);
    }

    Limited ofAccount(TenantId tenant, UUID account) {
        return Limited.of(
                Subject.account(tenant, account), either(planOf(tenant).account(), limits.account()), UNCOUNTED);
    }

    private Limited ofKey(Caller.ApiKey key) {
        return ofApiKey(key.tenant(), key.id(), keyQuotas.apply(key.id()));
    }

    Limited ofApiKey(TenantId tenant, UUID key, Quotas quotas) {
        Policy policy = either(planOf(tenant).apiKey(), limits.apiKey());
        return Limited.of(Subject.apiKey(tenant, key), policy.with(quotas), UNCOUNTED);
    }

    Limited ofTenant(TenantId tenant) {
        Policy policy = either(planOf(tenant).tenant(), limits.tenant());
        return Limited.of(Subject.tenant(tenant), policy.with(tenants.of(tenant)), UNCOUNTED);
    }

    private PlanLimits planOf(TenantId tenant) {
        return limits.plans().isEmpty()
                ? PlanLimits.NONE
                : limits.plans().getOrDefault(tenants.planOf(tenant), PlanLimits.NONE);
    }

    private static Policy either(@Nullable Policy ofPlan, Policy ofAll) {
        return ofPlan == null ? ofAll : ofPlan;
    }
}
