package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a tenant may have in the cache, its accounts included. Sums of all instances: each of them may exceed it by half a
 * percent before it sees what the others have written.
 *
 * @param size as {@link EntryUsage.Usage#bytes} counts it
 * @param keys entries
 * @param tenants other quotas of some tenants, by id
 */
@ConfigurationProperties("frontdesk.cache.quotas")
record QuotaProperties(
        @DefaultValue("256MB") DataSize size,
        @DefaultValue("1000000") long keys,
        @DefaultValue Map<String, Quota> tenants) {

    /** One tenant's. */
    record Quota(DataSize size, long keys) {

        Quota {
            if (size.toBytes() < 1 || keys < 1) {
                throw new IllegalArgumentException("frontdesk.cache.quotas: size and keys must be positive");
            }
        }
    }

    QuotaProperties {
        new Quota(size, keys);
        tenants = Map.copyOf(tenants);
    }

    Quota of(TenantId tenant) {
        Quota own = tenants.get(tenant.toString());
        return own == null ? new Quota(size, keys) : own;
    }
}
