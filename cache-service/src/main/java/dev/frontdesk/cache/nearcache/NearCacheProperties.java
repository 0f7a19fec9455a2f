package dev.frontdesk.cache.nearcache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The near cache of an instance.
 *
 * @param size of all copies
 * @param tenantPercent how much of it one tenant may have
 */
@ConfigurationProperties("frontdesk.cache.near")
record NearCacheProperties(
        @DefaultValue("32MB") DataSize size, @DefaultValue("25") int tenantPercent) {

    NearCacheProperties {
        if (size.toBytes() < 1 || tenantPercent < 1 || tenantPercent > 100) {
            throw new IllegalArgumentException(
                    "frontdesk.cache.near: size must be positive, and tenant-percent 1 to 100");
        }
    }
}
