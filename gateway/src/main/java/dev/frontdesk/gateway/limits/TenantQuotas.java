package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;

/** The quotas that tenants have of their own. Called for every request, so it answers from memory. */
public interface TenantQuotas {

    /** @return {@link Quotas#NONE} if only the configured policy holds */
    Quotas of(TenantId tenant);
}
