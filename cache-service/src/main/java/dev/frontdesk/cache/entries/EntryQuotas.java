package dev.frontdesk.cache.entries;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.cache.entries.EntryUsage.Usage;
import dev.frontdesk.cache.entries.QuotaProperties.Quota;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.caching.SingleFlight;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whether a tenant may have more in the cache. The sums of all instances are read again after this one has written half a percent
 * of the quota, and at most once a second while the quota is used up.
 */
@Component
class EntryQuotas {

    private static final int PARTS = 200;
    private static final int MOST_TENANTS = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration FULL_FOR = Duration.ofSeconds(1);

    private final EntryUsage usage;
    private final QuotaProperties quotas;
    private final Clock clock;
    private final Cache<TenantId, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterAccess(KEPT)
            .build();

    private final SingleFlight<TenantId, Known> readings = new SingleFlight<>(this::read);

    EntryQuotas(EntryUsage usage, QuotaProperties quotas, Clock clock) {
        this.usage = usage;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** What all instances had, and what this one has written since. */
    private record Known(Usage usage, long readAt, LongAdder bytes, LongAdder keys) {

        boolean isWithin(Quota quota, long bytesMore, long keysMore) {
            return usage.bytes() + bytes.sum() + bytesMore <= quota.size().toBytes()
                    && usage.keys() + keys.sum() + keysMore <= quota.keys();
        }

        boolean hasWritten(Quota quota) {
            return bytes.sum() > quota.size().toBytes() / PARTS || keys.sum() > quota.keys() / PARTS;
        }
    }

    /**
     * Whether so much more may be stored. If not, entries may still be replaced by others that are not larger.
     *
     * @param bytes as {@link Usage#bytes}
     */
    Mono<Boolean> allow(TenantId tenant, long bytes, int entries) {
        Quota quota = quotas.of(tenant);
        Known last = known.getIfPresent(tenant);
        return last != null && !last.hasWritten(quota) && (last.isWithin(quota, bytes, entries) || isFresh(last))
                ? Mono.just(take(last, quota, bytes, entries))
                : readings.find(tenant).map(now -> take(now, quota, bytes, entries));
    }

    private Mono<Known> read(TenantId tenant) {
        Known before = known.getIfPresent(tenant);
        return usage.of(tenant).map(now -> remember(tenant, now, before));
    }

    private boolean isFresh(Known last) {
        return clock.millis() - last.readAt() < FULL_FOR.toMillis();
    }

    /** Of several readings at once, the first is kept, with what was written since. */
    private Known remember(TenantId tenant, Usage now, @Nullable Known before) {
        var read = new Known(now, clock.millis(), new LongAdder(), new LongAdder());
        return known.asMap().compute(tenant, (_, other) -> other == null || other == before ? read : other);
    }

    private static boolean take(Known known, Quota quota, long bytes, int entries) {
        if (!known.isWithin(quota, bytes, entries)) {
            return false;
        }
        known.bytes().add(bytes);
        known.keys().add(entries);
        return true;
    }
}
