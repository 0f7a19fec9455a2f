package dev.frontdesk.contracts.tenants;

import java.util.List;

/**
 * What the gateway needs to know of a tenant: an element of {@link TenantPage}, a value of the copy in Redis and the
 * message that tells every gateway of a change.
 *
 * @param id a tenant's id
 * @param version counts the tenant's changes, from 1; a record never replaces one with a higher version
 * @param status {@link #ACTIVE}, {@link #SUSPENDED} or {@link #DELETED}; a deleted tenant stays deleted
 * @param plan the name of a plan
 * @param allowedOrigins origins of pages that may call the API, as browsers send them
 */
public record TenantRecord(
        String id, long version, String status, String plan, Quotas quotas, List<String> allowedOrigins) {

    public static final String ACTIVE = "active";
    public static final String SUSPENDED = "suspended";
    public static final String DELETED = "deleted";
}
