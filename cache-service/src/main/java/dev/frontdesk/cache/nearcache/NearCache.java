package dev.frontdesk.cache.nearcache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.contracts.identity.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Copies of an application's entries in the memory of this instance, for namespaces whose settings allow it. A copy is
 * <i>confirmed</i> until a change of the entry is announced; while announcements can be missed, no copy is. Copies that are not
 * confirmed are only for the time in which Redis is away.
 */
@Component
public final class NearCache {

    /** Besides the name, the type and the body. */
    private static final int OVERHEAD_BYTES = 256;

    /** As long as a namespace can allow stale values. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Changes are told apart by the hash of the entry: two that share one only cost a read. */
    private static final int STRIPES = 4096;

    /** A tenant that does not use its part leaves it to the others. */
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Clock clock;
    private final long size;
    private final long mostOfTenant;
    private final Cache<TenantId, Cache<EntryName, Copy>> tenants;
    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

    /** Odd while announcements can be missed; changes with every connection. */
    private volatile long connection = 1;

    NearCache(NearCacheProperties properties, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.size = properties.size().toBytes();
        this.mostOfTenant = size * properties.tenantPercent() / 100;
        this.tenants = Caffeine.newBuilder()
                .expireAfterAccess(UNUSED)
                .evictionListener((_, _, _) -> share())
                .build();
        Gauge.builder("frontdesk.cache.near.size", this, NearCache::size)
                .description("Bytes of the entries that are also in the memory of this instance")
                .baseUnit("bytes")
                .register(meters);
    }

    /** @param namespaceChanges of its namespace when it was read, and so on */
    private record Copy(Held held, long readAt, long entryChanges, long namespaceChanges, long connection, int weight) {}

    /** What was known before a read. A copy of what it finds is confirmed only if it has not changed since. */
    public record Before(long entryChanges, long namespaceChanges, long connection) {}

    public Before before(TenantId tenant, EntryName name) {
        return new Before(
                changes.get(stripe(tenant, name)), changes.get(stripe(tenant, name.namespace())), connection);
    }

    /** Null if there is no copy. */
    public @Nullable NearEntry find(TenantId tenant, EntryName name) {
        Cache<EntryName, Copy> its = tenants.getIfPresent(tenant);
        Copy copy = its == null ? null : its.getIfPresent(name);
        if (copy == null) {
            return null;
        }
        Duration age = Duration.ofMillis(clock.millis() - copy.readAt());
        Held held = copy.held();
        return new NearEntry(
                new Held(held.entry(), held.left().minus(age), held.loaded()), age, isUnchanged(tenant, name, copy), isConfirmed(tenant, name, copy));
    }

    private boolean isConfirmed(TenantId tenant, EntryName name, Copy copy) {
        long now = connection;
        return (now & 1) == 0
                && copy.connection() == now
                && isUnchanged(tenant, name, copy);
    }

    private boolean isUnchanged(TenantId tenant, EntryName name, Copy copy) {
        return copy.entryChanges() == changes.get(stripe(tenant, name))
                && copy.namespaceChanges() == changes.get(stripe(tenant, name.namespace()));
    }

    /** Only if nothing changed since {@link #before}. */
    public void put(TenantId tenant, EntryName name, Held held, Before before) {
        int weight = OVERHEAD_BYTES
                + name.key().length()
                + held.entry().contentType().length()
                + held.entry().body().length;
        var copy = new Copy(
                held, clock.millis(), before.entryChanges(), before.namespaceChanges(), before.connection(), weight);
        if (isConfirmed(tenant, name, copy)) {
            copiesOf(tenant).put(name, copy);
        }
    }

    private Cache<EntryName, Copy> copiesOf(TenantId tenant) {
        Cache<EntryName, Copy> its = tenants.getIfPresent(tenant);
        if (its != null) {
            return its;
        }
        Cache<EntryName, Copy> added = tenants.get(
                tenant,
                _ -> Caffeine.newBuilder()
                        .maximumWeight(mostOfTenant)
                        .<EntryName, Copy>weigher((_, copy) -> copy.weight())
                        .expireAfterWrite(LONGEST)
                        .build());
        share();
        return added;
    }

    /** All tenants that use it have equal parts. */
    private void share() {
        long part = Math.min(mostOfTenant, size / Math.max(1, tenants.estimatedSize()));
        tenants.asMap().values().forEach(its -> its.policy().eviction().orElseThrow().setMaximum(part));
    }

    void changed(TenantId tenant, EntryName name) {
        changes.incrementAndGet(stripe(tenant, name));
    }

    void invalidated(TenantId tenant, String namespace) {
        changes.incrementAndGet(stripe(tenant, namespace));
    }

    /** All announcements arrive from now on. */
    synchronized void connected() {
        connection = connection + ((connection & 1) == 0 ? 2 : 1);
    }

    /** Announcements can be missed from now on. */
    synchronized void disconnected() {
        connection |= 1;
    }

    long size() {
        return tenants.asMap().values().stream()
                .mapToLong(its ->
                        its.policy().eviction().orElseThrow().weightedSize().orElse(0))
                .sum();
    }

    private static int stripe(Object... parts) {
        int hash = 0;
        for (Object part : parts) {
            hash = 31 * hash + part.hashCode();
        }
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }
}
