package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.HashMap;
import java.util.Map;

/** How many reports of tenants are being made in this gateway: few, and of one tenant not all of them. */
final class ReportsInWork {

    static final int OF_ALL = 4;
    static final int OF_ONE = 2;

    private final Map<TenantId, Integer> byTenant = new HashMap<>();
    private int all;

    /** Whether there is room for one more; {@link #end} must then be called once. */
    synchronized boolean begin(TenantId tenant) {
        int own = byTenant.getOrDefault(tenant, 0);
        if (all >= OF_ALL || own >= OF_ONE) {
            return false;
        }
        all++;
        byTenant.put(tenant, own + 1);
        return true;
    }

    synchronized void end(TenantId tenant) {
        all--;
        byTenant.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
    }
}
