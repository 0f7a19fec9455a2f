package dev.frontdesk.contracts.tenants;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Response of {@code GET /internal/tenants?after=<id>} at registration-service: all tenants in the order of their ids,
 * also deleted ones.
 *
 * @param next the value of {@code after} for the next page; null on the last one
 */
public record TenantPage(
        List<TenantRecord> tenants, @Nullable String next) {

    public static final String PATH = "/internal/tenants";

    /** The query parameter. */
    public static final String AFTER = "after";
}
