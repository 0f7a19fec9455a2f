package dev.frontdesk.cache.origins;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.cache.namespaces.NamespacesProperties;
import dev.frontdesk.cache.origins.Loader.Again;
import dev.frontdesk.cache.origins.Loader.Wanted;
import dev.frontdesk.contracts.identity.TenantId;
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
    private final int maxWaiting;
    private final Map<Place, Mono<Outcome>> running = new ConcurrentHashMap<>();
    private final Map<TenantId, AtomicInteger> waiting = new ConcurrentHashMap<>();

    OriginLoads(Loader loader, NamespacesProperties properties, MeterRegistry meters) {
        this.loader = loader;
        this.maxWaiting = properties.maxWaitingPerTenant();
        Gauge.builder("frontdesk.cache.origin.loads", running, Map::size)
                .description("Entries that this instance is loading from origins, or waits for")
                .register(meters);
    }

    private record Place(TenantId tenant, EntryName name, boolean early) {}

    /** Fails as calls to Redis do; the origin's failures are an {@link Outcome}. */
    public Mono<Outcome> load(Owner.Application owner, EntryName name, NamespaceSettings settings) {
        return Mono.defer(() -> {
            AtomicInteger its = waiting.computeIfAbsent(owner.tenant(), _ -> new AtomicInteger());
            if (its.incrementAndGet() > maxWaiting) {
                its.decrementAndGet();
                return Mono.just(new Outcome.Busy());
            }
            return joined(owner, name, settings).doFinally(_ -> its.decrementAndGet());
        });
    }

    /**
     * A load that was running already may have ended before an invalidation that this read must see: what it has stored is read again,
     * by a load that finds the entry.
     */
    private Mono<Outcome> joined(Owner.Application owner, EntryName name, NamespaceSettings settings) {
        var place = new Place(owner.tenant(), name, false);
        Mono<Outcome> before = running.get(place);
        Mono<Outcome> own = Mono.defer(() -> start(place, owner, settings));
        return before == null
                ? own
                : before.flatMap(outcome ->
                        outcome instanceof Outcome.Found found && found.stored() ? own : Mono.just(outcome));
    }

    /** Loads an entry again, if that is not under way, while others still use the value that there is. */
    public void refresh(Owner.Application owner, EntryName name, NamespaceSettings settings) {
        var place = new Place(owner.tenant(), name, true);
        if (running.size() < maxWaiting && !running.containsKey(place)) {
            start(place, owner, settings)
                    .subscribe(
                            _ -> {},
                            error -> log.debug("An entry could not be loaded again: {}", error.toString()));
        }
    }

    private Mono<Outcome> start(Place place, Owner.Application owner, NamespaceSettings settings) {
        return running.computeIfAbsent(place, _ -> {
            var wanted = new Wanted(
                    owner, place.name(), settings, requireNonNull(settings.origin()), place.early());
            // Nobody cancels it: what was asked for is stored.
            return repeated(wanted).doFinally(_ -> running.remove(place)).cache();
        });
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
