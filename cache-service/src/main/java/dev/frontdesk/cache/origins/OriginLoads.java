package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.cache.entries.Loaded;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.cache.namespaces.NamespacesProperties;
import dev.frontdesk.cache.origins.Loader.Again;
import dev.frontdesk.cache.origins.Loader.Wanted;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.caching.SingleFlight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.pool.PoolAcquirePendingLimitException;

/**
 * Loads entries for reads. However many reads of an entry wait at this instance, there is one load; of the loads of all instances, one
 * asks the origin. A load goes on when those who wait have left.
 */
@Component
public class OriginLoads {

    private static final Logger log = LoggerFactory.getLogger(OriginLoads.class);

    /** Two requests, if the first answer was invalidated while it was on its way, within what the gateway waits. */
    private static final Duration BESIDES_REQUESTS = Duration.ofSeconds(1);

    private final Loader loader;
    private final KnownNamespaces namespaces;
    private final int maxWaiting;
    private final int maxLoads;
    private final SingleFlight<Place, Outcome> loads = new SingleFlight<>(this::load);
    private final Map<TenantId, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Map<TenantId, AtomicInteger> loading = new ConcurrentHashMap<>();

    OriginLoads(Loader loader, KnownNamespaces namespaces, NamespacesProperties properties, MeterRegistry meters) {
        this.loader = loader;
        this.namespaces = namespaces;
        this.maxWaiting = properties.maxWaitingPerTenant();
        this.maxLoads = properties.maxLoadsPerTenant();
        Gauge.builder("frontdesk.cache.origin.loads", loads, SingleFlight::size)
                .description("Entries that this instance is loading from origins, or waits for")
                .register(meters);
    }

    /** @param early how an entry was loaded that is loaded again before it expires; else null */
    private record Place(Owner.Application owner, EntryName name, @Nullable Loaded early) {}

    /** Fails as calls to Redis do; the origin's failures are an {@link Outcome}. */
    public Mono<Outcome> load(Owner.Application owner, EntryName name) {
        return Mono.defer(() -> {
            var place = new Place(owner, name, null);
            return bounded(waiting, owner.tenant(), Mono.defer(() -> joined(place)));
        });
    }

    /** At most so many of a tenant at once. */
    private Mono<Outcome> bounded(Map<TenantId, AtomicInteger> counts, TenantId tenant, Mono<Outcome> work) {
        AtomicInteger its = counts.computeIfAbsent(tenant, _ -> new AtomicInteger());
        if (its.incrementAndGet() > maxWaiting) {
            its.decrementAndGet();
            return Mono.just(new Outcome.Busy());
        }
        return work.doFinally(_ -> its.decrementAndGet());
    }

    /**
     * A load that was under way already may have ended before an invalidation that this read must see: what it has stored is read
     * again, by a load that finds the entry.
     */
    private Mono<Outcome> joined(Place place) {
        Mono<Outcome> load = loads.find(place);
        return loads.isUnderWay(place)
                ? load.flatMap(outcome -> isStored(outcome) ? loads.find(place) : Mono.just(outcome))
                : load;
    }

    private static boolean isStored(Outcome outcome) {
        return outcome instanceof Outcome.Absent || outcome instanceof Outcome.Found(_, boolean stored) && stored;
    }

    /**
     * Loads an entry again while others still use the value that there is. Not if that is under way, and not while the tenant has
     * many loads.
     */
    public void refresh(Owner.Application owner, EntryName name, Held held) {
        var place = new Place(owner, name, held.isFresh() ? held.loaded() : null);
        AtomicInteger its = loading.get(owner.tenant());
        if ((its == null || its.get() < maxLoads) && !loads.isUnderWay(place)) {
            loads.find(place)
                    .subscribe(
                            _ -> {},
                            error -> log.debug("An entry could not be loaded again: {}", error.toString()));
        }
    }

    private Mono<Outcome> load(Place place) {
        return bounded(loading, place.owner().tenant(), fromOrigin(place));
    }

    private Mono<Outcome> fromOrigin(Place place) {
        return namespaces
                .of(place.owner().tenant(), place.name().namespace())
                .flatMap(settings -> settings.origin() == null
                        ? Mono.just(new Outcome.Absent())
                        : repeated(new Wanted(
                                place.owner(), place.name(), settings, settings.origin(), place.early())));
    }

    private Mono<Outcome> repeated(Wanted wanted) {
        Duration deadline = wanted.origin().timeout().multipliedBy(2).plus(BESIDES_REQUESTS);
        return Mono.defer(() -> loader.attempt(wanted))
                .flatMap(result -> result instanceof Again again ? again(wanted, again) : Mono.just(result))
                .repeat()
                .ofType(Outcome.class)
                .next()
                .timeout(deadline)
                .onErrorResume(TimeoutException.class, _ -> Mono.just(timedOut(wanted)))
                .onErrorResume(PoolAcquirePendingLimitException.class, _ -> Mono.just(new Outcome.Busy()));
    }

    /** Without a permit: most of those who wait for another instance find what it has stored. */
    private Mono<Object> again(Wanted wanted, Again again) {
        Mono<Object> found = wanted.early() == null ? loader.look(wanted) : Mono.empty();
        return Mono.delay(again.pause()).then(found).defaultIfEmpty(again);
    }

    private static Outcome timedOut(Wanted wanted) {
        return new Outcome.Failed("did not answer in time", true, wanted.origin().timeout());
    }
}
