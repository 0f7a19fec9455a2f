package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tenants of the installation, in memory. Changes arrive in several ways and in any order: the higher version of a
 * tenant counts. A deleted tenant stays known as deleted, so that nothing older brings it back.
 */
public final class KnownTenants {

    private final Map<String, TenantRecord> tenants = new ConcurrentHashMap<>();
    private volatile boolean complete;

    KnownTenants() {}

    /**
     * Called for every request.
     *
     * @throws ProblemException 404 if there is no such tenant, 403 if it is suspended, 503 while the tenants are not
     *     known yet
     */
    public void check(TenantId tenant) {
        TenantRecord known = tenants.get(tenant.value());
        if (known == null) {
            checkUnknown(tenant);
            return;
        }
        switch (known.status()) {
            case TenantRecord.SUSPENDED ->
                throw new ProblemException(
                        ProblemType.TENANT_SUSPENDED, "An operator has suspended this tenant. Ask the operator.");
            case TenantRecord.DELETED -> throw notFound();
            default -> {}
        }
    }

    /** The default tenant always exists. */
    private void checkUnknown(TenantId tenant) {
        if (tenant.equals(TenantId.DEFAULT)) {
            return;
        }
        throw complete ? notFound() : Problems.unavailable();
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Tenant not found.");
    }

    /** The quotas that the tenant has of its own. */
    public Quotas quotasOf(TenantId tenant) {
        TenantRecord known = tenants.get(tenant.value());
        return known == null ? Quotas.NONE : known.quotas();
    }

    void add(TenantRecord tenant) {
        tenants.merge(tenant.id(), tenant, (known, added) -> added.version() > known.version() ? added : known);
    }

    /** From now on, a tenant that is not known does not exist. */
    void areComplete() {
        complete = true;
    }
}
