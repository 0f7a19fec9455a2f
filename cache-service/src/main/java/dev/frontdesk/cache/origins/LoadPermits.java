package dev.frontdesk.cache.origins;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.cache.namespaces.NamespacesProperties;
import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;

/**
 * Bounds the requests that this instance sends to origins at once, of each namespace and of each tenant. Others wait, in the order in
 * which they came; a tenant that has too many waiting is refused more.
 */
@Component
class LoadPermits {

    private static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final NamespacesProperties properties;
    private final Cache<Place, InstrumentedPool<Object>> pools = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(UNUSED)
            .build();

    LoadPermits(NamespacesProperties properties) {
        this.properties = properties;
    }

    /** @param namespace empty for the whole tenant */
    private record Place(TenantId tenant, String namespace, int most) {}

    /**
     * Runs the work while it has a permit of the namespace and one of the tenant.
     *
     * @param most at once in the namespace
     */
    <T> Mono<T> with(TenantId tenant, String namespace, int most, Mono<T> work) {
        return with(new Place(tenant, namespace, most), with(new Place(tenant, "", properties.maxLoadsPerTenant()), work));
    }

    private <T> Mono<T> with(Place place, Mono<T> work) {
        return Mono.defer(() -> requireNonNull(pools.get(place, this::pool)).withPoolable(_ -> work).next());
    }

    private InstrumentedPool<Object> pool(Place place) {
        return PoolBuilder.from(Mono.fromSupplier(Object::new))
                .sizeBetween(0, place.most())
                .maxPendingAcquire(properties.maxWaitingPerTenant())
                .buildPool();
    }
}
