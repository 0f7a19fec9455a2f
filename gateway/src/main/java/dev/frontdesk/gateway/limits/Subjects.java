package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;

/** Finds whose requests a request is counted with, by which policies, and at what cost. */
final class Subjects {

    private final Limits limits;
    private final TenantQuotas quotas;
    private final RouteCosts costs;

    Subjects(Limits limits, TenantQuotas quotas, RouteCosts costs) {
        this.limits = limits;
        this.quotas = quotas;
        this.costs = costs;
    }

    /** The address, for a caller that has not proved who it is. */
    Limited ofAddress(String range, ServerWebExchange exchange) {
        return Limited.of(Subject.address(range), limits.address(), costs.of(exchange));
    }

    /** The account, then its tenant if that has limits. */
    List<Limited> of(Caller.Account account, ServerWebExchange exchange) {
        return of(Subject.account(account.tenant(), account.accountId()), limits.account(), account.tenant(), exchange);
    }

    /**
     * The API key, then its tenant if that has limits.
     *
     * @param own quotas of the key
     */
    List<Limited> ofApiKey(TenantId tenant, UUID apiKey, Quotas own, ServerWebExchange exchange) {
        return of(Subject.apiKey(tenant, apiKey), limits.apiKey().with(own), tenant, exchange);
    }

    private List<Limited> of(Subject caller, Policy policy, TenantId tenant, ServerWebExchange exchange) {
        int cost = costs.of(exchange);
        Policy ofTenant = limits.tenant().with(quotas.of(tenant));
        Limited limited = Limited.of(caller, policy, cost);
        return ofTenant.isUnlimited()
                ? List.of(limited)
                : List.of(limited, Limited.of(Subject.tenant(tenant), ofTenant, cost));
    }
}
