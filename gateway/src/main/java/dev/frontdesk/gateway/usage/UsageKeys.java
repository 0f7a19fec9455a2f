package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Keys of the counts. All of one tenant are in one partition, so that one script can write and read them. */
final class UsageKeys {

    private static final String FEATURE = "usage";
    private static final int DAY = "2026-11-21".length();
    private static final int HOUR = "2026-11-21T10".length();

    private final KeySpace keys;

    UsageKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** Hash with the counts of an hour or a day. */
    String counts(TenantId tenant, Instant from, ChronoUnit unit) {
        return unit == ChronoUnit.DAYS
                ? key(tenant, "day." + from.toString().substring(0, DAY))
                : key(tenant, "hour." + from.toString().substring(0, HOUR));
    }

    /** String with the number of the last batch that a gateway has written. */
    String lastBatch(TenantId tenant, UUID gateway) {
        return key(tenant, "batch." + gateway);
    }

    private String key(TenantId tenant, String key) {
        return keys.key(tenant, FEATURE, Partition.of(tenant.value()), key);
    }
}
