package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of the installation, in memory. Changes arrive in several ways and in any order: the higher version of a
 * tenant counts. A deleted tenant stays known as deleted, so that nothing older brings it back.
 */
public final class KnownTenants {

    private final Map<String, TenantRecord> tenants = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /** Of all active tenants; null until they are asked for after a change. */
    private volatile @Nullable Set<String> origins;

    private final AtomicLong changes = new AtomicLong();

    private final OpenStreams streams;

    /** @param streams those of a tenant end when it is suspended or deleted */
    KnownTenants(OpenStreams streams) {
        this.streams = streams;
    }

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

    /**
     * Also a suspended tenant exists.
     *
     * @throws ProblemException 503 while the tenants are not known yet
     */
    public boolean exists(TenantId tenant) {
        TenantRecord known = tenants.get(tenant.value());
        if (known != null) {
            return !known.status().equals(TenantRecord.DELETED);
        }
        if (!complete && !tenant.equals(TenantId.DEFAULT)) {
            throw Problems.unavailable();
        }
        return tenant.equals(TenantId.DEFAULT);
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Tenant not found.");
    }

    /** The name of the tenant's plan; empty for an unknown tenant. */
    public String planOf(TenantId tenant) {
        TenantRecord known = tenants.get(tenant.value());
        return known == null ? "" : known.plan();
    }

    /** The quotas that the tenant has of its own. */
    public Quotas quotasOf(TenantId tenant) {
        TenantRecord known = tenants.get(tenant.value());
        return known == null ? Quotas.NONE : known.quotas();
    }

    /** Whether a page of this origin may read what the tenant's API answers. */
    public boolean allowsOrigin(TenantId tenant, String origin) {
        TenantRecord known = tenants.get(tenant.value());
        return known != null && isActive(known) && known.allowedOrigins().contains(origin);
    }

    /** Whether any tenant allows the origin. */
    public boolean anyAllowsOrigin(String origin) {
        Set<String> all = origins;
        if (all == null) {
            long before = changes.get();
            all = tenants.values().stream()
                    .filter(KnownTenants::isActive)
                    .flatMap(tenant -> tenant.allowedOrigins().stream())
                    .collect(Collectors.toUnmodifiableSet());
            // A change in the meantime may be missing.
            origins = changes.get() == before ? all : null;
        }
        return all.contains(origin);
    }

    private static boolean isActive(TenantRecord tenant) {
        return tenant.status().equals(TenantRecord.ACTIVE);
    }

    void add(TenantRecord tenant) {
        TenantRecord latest =
                tenants.merge(tenant.id(), tenant, (known, added) -> added.version() > known.version() ? added : known);
        if (latest == tenant) {
            changes.incrementAndGet();
            origins = null;
            if (!isActive(tenant)) {
                streams.endThoseOfTenant(new TenantId(tenant.id()));
            }
        }
    }

    /** From now on, a tenant that is not known does not exist. */
    void areComplete() {
        complete = true;
    }
}
