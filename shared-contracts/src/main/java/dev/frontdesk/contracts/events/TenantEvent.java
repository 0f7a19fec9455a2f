package dev.frontdesk.contracts.events;

import dev.frontdesk.contracts.tenants.Quotas;
import java.time.Instant;
import java.util.List;

/**
 * Events about tenants; published by registration-service. Each has what other services need to know after the change,
 * and its version: of two events of a tenant, the one with the higher version is the later one, in whatever order they arrive.
 */
public sealed interface TenantEvent extends Event {

    /** Counts the tenant's changes, from 1. */
    long version();

    @Override
    default String aggregateId() {
        return tenant();
    }

    /**
     * What other services need to know of a tenant.
     *
     * @param status {@code active} or {@code suspended}
     * @param plan the name of a plan
     * @param allowedOrigins origins of pages that may call the API, as browsers send them
     */
    record Details(String status, String name, String plan, Quotas quotas, List<String> allowedOrigins) {}

    /** An operator created the tenant; it is active. */
    record TenantCreated(String tenant, long version, Details details, Instant createdAt) implements TenantEvent {}

    /** An operator changed the tenant, which may be suspended. */
    record TenantChanged(String tenant, long version, Details details, Instant changedAt) implements TenantEvent {}

    /** An operator suspended the tenant: its calls are refused, and its work waits until it is resumed. */
    record TenantSuspended(String tenant, long version, Details details, Instant suspendedAt) implements TenantEvent {}

    /** An operator resumed the tenant. */
    record TenantResumed(String tenant, long version, Details details, Instant resumedAt) implements TenantEvent {}

    /** An operator deleted the tenant: services delete what they store for it. Its id is never used again. */
    record TenantDeleted(String tenant, long version, Instant deletedAt) implements TenantEvent {}
}
