package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;

/** The plans of tenants, and the quotas that they have of their own. Called for every request, so it answers from memory. */
public interface TenantQuotas {

    /** The name of the tenant's plan; empty for an unknown tenant. */
    default String planOf(TenantId tenant) {
        return "";
    }

    /** @return {@link Quotas#NONE} if only the configured policy holds */
    Quotas of(TenantId tenant);
}
