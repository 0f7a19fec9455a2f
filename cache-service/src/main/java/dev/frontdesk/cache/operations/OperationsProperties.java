package dev.frontdesk.cache.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of operations.
 *
 * @param deletionsFrom a deletion by pattern in a namespace with more entries is an operation
 * @param loadsPerSecond entries that a warm-up loads from the origin
 * @param atOnce operations that an instance works on at once, each of another tenant
 * @param maxOpenPerTenant operations of a tenant that wait or run
 */
@ConfigurationProperties("frontdesk.cache.operations")
record OperationsProperties(
        @DefaultValue("20000") long deletionsFrom,
        @DefaultValue("50") int loadsPerSecond,
        @DefaultValue("4") int atOnce,
        @DefaultValue("10") int maxOpenPerTenant) {

    private static final int MOST_OPEN = 50;

    OperationsProperties {
        if (deletionsFrom < 0 || loadsPerSecond < 1 || atOnce < 1) {
            throw new IllegalArgumentException(
                    "frontdesk.cache.operations: loads-per-second and at-once must be positive, deletions-from not negative");
        }
        if (maxOpenPerTenant < 1 || maxOpenPerTenant > MOST_OPEN) {
            throw new IllegalArgumentException(
                    "frontdesk.cache.operations.max-open-per-tenant must be 1 to " + MOST_OPEN);
        }
    }
}
