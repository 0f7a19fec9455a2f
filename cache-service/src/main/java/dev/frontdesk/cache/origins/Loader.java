package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.Entries;
import dev.frontdesk.cache.entries.Entry;
import dev.frontdesk.cache.entries.EntryLoads;
import dev.frontdesk.cache.entries.EntryLoads.Lease;
import dev.frontdesk.cache.entries.EntryLoads.Stored;
import dev.frontdesk.cache.entries.EntryLoads.Times;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.cache.entries.Loaded;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.cache.namespaces.NamespacesProperties;
import dev.frontdesk.cache.namespaces.Origin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One attempt to load an entry: asks for the lease, then the origin, and stores the answer. */
@Component
class Loader {

    private static final Logger log = LoggerFactory.getLogger(Loader.class);

    /** Until the answer of an origin is stored. */
    private static final Duration STORING = Duration.ofSeconds(2);

    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final long LEAST_WAIT_MS = 20;
    private static final long MOST_WAIT_MS = 100;

    private final EntryLoads loads;
    private final Entries entries;
    private final OriginClient client;
    private final LoadPermits permits;
    private final NamespacesProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;

    Loader(
            EntryLoads loads,
            Entries entries,
            OriginClient client,
            LoadPermits permits,
            NamespacesProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.loads = loads;
        this.entries = entries;
        this.client = client;
        this.permits = permits;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Where and how an entry is loaded.
     *
     * @param early how it was loaded before, if that is to be done again before it expires; else null
     */
    record Wanted(
            Owner.Application owner,
            EntryName name,
            NamespaceSettings settings,
            Origin origin,
            @Nullable Loaded early) {}

    /**
     * Another attempt is needed: another instance loads the entry, or it was changed or invalidated since.
     *
     * @param pause until then
     */
    record Again(Duration pause) {}

    /** @return an {@link Outcome} or {@link Again} */
    Mono<Object> attempt(Wanted wanted) {
        return permits.with(
                wanted.owner().tenant(),
                wanted.name().namespace(),
                wanted.origin().maxLoads(),
                Mono.defer(() -> lease(wanted)));
    }

    private Mono<Object> lease(Wanted wanted) {
        String token = UUID.randomUUID().toString();
        Duration length = wanted.origin().timeout().plus(STORING);
        return loads.lease(wanted.owner(), wanted.name(), token, length, wanted.early())
                .flatMap(lease -> switch (lease) {
                    case Lease.Given _ -> givingBack(wanted, token, fetch(wanted, token));
                    case Lease.Found _ -> current(wanted);
                    case Lease.Taken taken -> Mono.just(new Again(wait(taken.left())));
                    case Lease.Failed failed ->
                        Mono.just(new Outcome.Failed("has just failed", false, failed.left()));
                });
    }

    /** A load that is cut off must not keep others from loading the entry. */
    private Mono<Object> givingBack(Wanted wanted, String token, Mono<Object> load) {
        Mono<Void> giveBack = Mono.defer(() -> loads.fail(wanted.owner(), wanted.name(), token, Duration.ZERO))
                .onErrorResume(error -> {
                    log.debug("The lease of a load was not given back, and ends by itself: {}", error.toString());
                    return Mono.empty();
                });
        return load.doOnCancel(giveBack::subscribe).onErrorResume(error -> giveBack.then(Mono.error(error)));
    }

    /** What another client has loaded or stored since; empty if there is nothing that has not expired. */
    Mono<Object> look(Wanted wanted) {
        return entries.findLoaded(wanted.owner(), wanted.name()).filter(Held::isFresh).map(Loader::outcome);
    }

    private static Outcome outcome(Held held) {
        return held.isAbsent() ? new Outcome.Absent() : new Outcome.Found(held, true);
    }

    private static Duration wait(Duration left) {
        long wait = ThreadLocalRandom.current().nextLong(LEAST_WAIT_MS, MOST_WAIT_MS);
        return Duration.ofMillis(Math.min(wait, left.toMillis() + 1));
    }

    private Mono<Object> current(Wanted wanted) {
        return entries.findLoaded(wanted.owner(), wanted.name())
                .<Object>map(Loader::outcome)
                .defaultIfEmpty(new Again(Duration.ZERO));
    }

    private Mono<Object> fetch(Wanted wanted, String token) {
        return entries.findLoaded(wanted.owner(), wanted.name())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(held -> {
                    Loaded known = held.filter(it -> !it.isAbsent()).map(Held::loaded).orElse(null);
                    Instant begin = clock.instant();
                    return client.get(wanted.origin(), wanted.name().key(), known)
                            .flatMap(answer -> {
                                Duration took = Duration.between(begin, clock.instant());
                                count(answer, took);
                                return store(wanted, token, answer, begin, took, known);
                            });
                });
    }

    private Mono<Object> store(
            Wanted wanted,
            String token,
            Answer answer,
            Instant begin,
            Duration took,
            @Nullable Loaded known) {
        return switch (answer) {
            case Answer.Value value -> {
                var loaded = new Loaded(begin, took, value.etag(), value.lastModified());
                var times = new Times(ttl(wanted, wanted.settings().defaultTtl()), kept(wanted));
                yield loads.store(
                                wanted.owner(),
                                wanted.name(),
                                token,
                                value.entry(),
                                value.tags(),
                                times,
                                loaded,
                                wanted.settings().evicts())
                        .map(stored -> stored == Stored.LOST
                                ? new Again(Duration.ZERO)
                                : new Outcome.Found(
                                        new Held(value.entry(), times.ttl(), loaded), stored == Stored.STORED));
            }
            case Answer.NotModified _ -> {
                var loaded = new Loaded(
                        begin, took, known == null ? null : known.etag(), known == null ? null : known.lastModified());
                var times = new Times(ttl(wanted, wanted.settings().defaultTtl()), kept(wanted));
                yield loads.renew(wanted.owner(), wanted.name(), token, times, loaded)
                        .flatMap(stored -> stored == Stored.LOST
                                ? Mono.just(new Again(Duration.ZERO))
                                : current(wanted));
            }
            case Answer.Absent _ -> {
                var times = new Times(ttl(wanted, wanted.origin().negativeTtl()), Duration.ZERO);
                yield loads.store(
                                wanted.owner(),
                                wanted.name(),
                                token,
                                Entry.absent(),
                                Set.of(),
                                times,
                                new Loaded(begin, took, null, null),
                                false)
                        .map(stored -> stored == Stored.LOST ? new Again(Duration.ZERO) : new Outcome.Absent());
            }
            case Answer.Failure failure -> {
                Duration pause = failure.pause() == null ? properties.pauseAfterFailure() : failure.pause();
                yield loads.fail(wanted.owner(), wanted.name(), token, pause)
                        .thenReturn(new Outcome.Failed(failure.reason(), failure.timeout(), pause));
            }
        };
    }

    /** Whole seconds, at least one; shorter by a random part, so that entries do not expire together. */
    private static Duration ttl(Wanted wanted, Duration longest) {
        long jitter = longest.toMillis() * wanted.origin().jitterPercent() / 100;
        long millis = longest.toMillis() - (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter + 1));
        return Duration.ofSeconds(Math.max(SHORTEST_TTL.toSeconds(), TimeUnit.MILLISECONDS.toSeconds(millis)));
    }

    private static Duration kept(Wanted wanted) {
        Duration error = wanted.settings().staleIfError();
        Duration revalidation = wanted.origin().staleWhileRevalidate();
        return error.compareTo(revalidation) > 0 ? error : revalidation;
    }

    private void count(Answer answer, Duration took) {
        Timer.builder("frontdesk.cache.origin.requests")
                .description("Requests to origins")
                .tag("result", answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(took);
    }
}
