package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.EntryName;
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
    private final SingleFlight<Place, Outcome> loads = new SingleFlight<>(this::load);
    private final Map<TenantId, AtomicInteger> waiting = new ConcurrentHashMap<>();

    OriginLoads(Loader loader, KnownNamespaces namespaces, NamespacesProperties properties, MeterRegistry meters) {
        this.loader = loader;
        this.namespaces = namespaces;
        this.maxWaiting = properties.maxWaitingPerTenant();
        Gauge.builder("frontdesk.cache.origin.loads", loads, SingleFlight::size)
                .description("Entries that this instance is loading from origins, or waits for")
                .register(meters);
    }

    /** @param early whether an entry is loaded again that has not expired */
    private record Place(Owner.Application owner, EntryName name, boolean early) {}

    /** Fails as calls to Redis do; the origin's failures are an {@link Outcome}. */
    public Mono<Outcome> load(Owner.Application owner, EntryName name) {
        return Mono.defer(() -> {
            AtomicInteger its = waiting.computeIfAbsent(owner.tenant(), _ -> new AtomicInteger());
            if (its.incrementAndGet() > maxWaiting) {
                its.decrementAndGet();
                return Mono.just(new Outcome.Busy());
            }
            return joined(new Place(owner, name, false)).doFinally(_ -> its.decrementAndGet());
        });
    }

    /**
     * A load that was under way already may have ended before an invalidation that this read must see: what it has stored is read
     * again, by a load that finds the entry.
     */
    private Mono<Outcome> joined(Place place) {
        Mono<Outcome> load = loads.find(place);
        return loads.isUnderWay(place)
                ? load.flatMap(outcome -> outcome instanceof Outcome.Found found && found.stored()
                        ? loads.find(place)
                        : Mono.just(outcome))
                : load;
    }

    /** Loads an entry again, if that is not under way, while others still use the value that there is. */
    public void refresh(Owner.Application owner, EntryName name) {
        var place = new Place(owner, name, true);
        if (loads.size() < maxWaiting && !loads.isUnderWay(place)) {
            loads.find(place)
                    .subscribe(
                            _ -> {},
                            error -> log.debug("An entry could not be loaded again: {}", error.toString()));
        }
    }

    private Mono<Outcome> load(Place place) {
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
                .flatMap(result -> result instanceof Again again
                        ? Mono.delay(again.pause()).thenReturn(result)
                        : Mono.just(result))
                .repeat()
                .ofType(Outcome.class)
                .next()
                .timeout(deadline)
                .onErrorResume(TimeoutException.class, _ -> Mono.just(timedOut(wanted)))
                .onErrorResume(PoolAcquirePendingLimitException.class, _ -> Mono.just(new Outcome.Busy()));
    }

    private static Outcome timedOut(Wanted wanted) {
        return new Outcome.Failed("did not answer in time", true, wanted.origin().timeout());
    }
}
