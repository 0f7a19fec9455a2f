package dev.frontdesk.cache.reads;

import dev.frontdesk.cache.entries.Entries;
import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.EntrySource;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.cache.nearcache.NearCache;
import dev.frontdesk.cache.nearcache.NearEntry;
import dev.frontdesk.cache.origins.OriginLoads;
import dev.frontdesk.cache.origins.Outcome;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads entries as the settings of their namespace say. The entries of accounts come from Redis alone, and so do those of namespaces
 * without a near cache and an origin.
 */
@Component
class CachedReads implements EntrySource {

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final Entries entries;
    private final EntryCounts counts;
    private final KnownNamespaces namespaces;
    private final NearCache near;
    private final OriginLoads loads;
    private final Clock clock;

    CachedReads(
            Entries entries,
            EntryCounts counts,
            KnownNamespaces namespaces,
            NearCache near,
            OriginLoads loads,
            Clock clock) {
        this.entries = entries;
        this.counts = counts;
        this.namespaces = namespaces;
        this.near = near;
        this.loads = loads;
        this.clock = clock;
    }

    /** What a read is about. */
    private record Wanted(
            Owner.Application owner,
            EntryName name,
            NamespaceSettings settings,
            @Nullable NearEntry copy,
            NearCache.Before before) {}

    @Override
    public Mono<Read> find(Owner owner, EntryName name) {
        if (!(owner instanceof Owner.Application application)) {
            return entries.find(owner, name).map(Read::of);
        }
        NamespaceSettings settings = namespaces.known(owner.tenant(), name.namespace());
        return settings != null
                ? find(application, name, settings)
                : namespaces.of(owner.tenant(), name.namespace()).flatMap(read -> find(application, name, read));
    }

    private Mono<Read> find(Owner.Application owner, EntryName name, NamespaceSettings settings) {
        if (!settings.hasNearCache() && settings.origin() == null) {
            return entries.find(owner, name).map(Read::of);
        }
        NearEntry copy = settings.hasNearCache() ? near.find(owner.tenant(), name) : null;
        if (copy != null
                && copy.confirmed()
                && copy.age().compareTo(settings.nearCache()) < 0
                && copy.held().left().isPositive()) {
            counts.read(owner, name, true);
            return Mono.just(new Read(
                    copy.held(), age(copy.held(), copy.age()), CacheStatus.hit(copy.held(), "near-cache")));
        }
        var wanted = new Wanted(owner, name, settings, copy, near.before(owner.tenant(), name));
        return entries.findLoaded(owner, name)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(held -> answer(wanted, held.orElse(null)))
                .onErrorResume(Outages::isBehind, error -> fromCopy(wanted, error));
    }

    /** While Redis is away. */
    private Mono<Read> fromCopy(Wanted wanted, Throwable error) {
        NearEntry copy = wanted.copy();
        Duration allowed = wanted.settings().staleIfError();
        if (copy == null || !copy.unchanged() || !allowed.isPositive() || !copy.held().expiredWithin(allowed)) {
            return Mono.error(error);
        }
        counts.read(wanted.owner(), wanted.name(), true);
        return Mono.just(
                new Read(copy.held(), age(copy.held(), copy.age()), CacheStatus.hit(copy.held(), "redis-unavailable")));
    }

    private Mono<Read> answer(Wanted wanted, @Nullable Held held) {
        if (held != null && held.isFresh()) {
            return current(wanted, held);
        }
        if (wanted.settings().origin() == null) {
            count(wanted, false);
            return Mono.empty();
        }
        if (held != null
                && !held.isAbsent()
                && held.expiredWithin(wanted.settings().origin().staleWhileRevalidate())) {
            loads.refresh(wanted.owner(), wanted.name(), held);
            count(wanted, true);
            return Mono.just(new Read(held, age(held, Duration.ZERO), CacheStatus.hit(held, "revalidating")));
        }
        return loads.load(wanted.owner(), wanted.name())
                .flatMap(outcome -> loaded(wanted, held, outcome));
    }

    private Mono<Read> current(Wanted wanted, Held held) {
        count(wanted, true);
        if (held.isAbsent()) {
            return Mono.empty();
        }
        if (wanted.settings().hasNearCache()) {
            near.put(wanted.owner().tenant(), wanted.name(), held, wanted.before());
        }
        if (isDueEarly(held, wanted.settings())) {
            loads.refresh(wanted.owner(), wanted.name(), held);
        }
        return Mono.just(
                held.loaded() == null
                        ? Read.of(held)
                        : new Read(held, age(held, Duration.ZERO), CacheStatus.hit(held, null)));
    }

    /**
     * Whether one of the reads before the expiry loads the entry again (probabilistic early expiration): the more reads and the slower
     * the origin, the earlier.
     */
    private static boolean isDueEarly(Held held, NamespaceSettings settings) {
        return held.loaded() != null
                && settings.origin() != null
                && settings.origin().earlyRefresh()
                && held.left().toMillis()
                        < -Math.log(1 - ThreadLocalRandom.current().nextDouble())
                                * held.loaded().took().toMillis();
    }

    private Mono<Read> loaded(Wanted wanted, @Nullable Held held, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Found found -> {
                count(wanted, false);
                if (wanted.settings().hasNearCache() && found.stored()) {
                    near.put(wanted.owner().tenant(), wanted.name(), found.held(), wanted.before());
                }
                yield Mono.just(new Read(
                        found.held(),
                        age(found.held(), Duration.ZERO),
                        CacheStatus.forwarded(held == null, found.stored())));
            }
            case Outcome.Absent _ -> {
                count(wanted, false);
                yield Mono.empty();
            }
            case Outcome.Failed failed -> stale(wanted, held, "origin-failed", problem(failed));
            case Outcome.Busy _ ->
                stale(
                        wanted,
                        held,
                        "origin-busy",
                        new ProblemException(
                                        ProblemType.OVERLOADED,
                                        "Too many reads wait for origins. Try again after Retry-After.")
                                .retryAfter(BUSY_PAUSE));
        };
    }

    private static ProblemException problem(Outcome.Failed failed) {
        return new ProblemException(
                        failed.timeout() ? ProblemType.GATEWAY_TIMEOUT : ProblemType.BAD_GATEWAY,
                        "The entry is not in the cache, and its origin " + failed.reason() + ".")
                .retryAfter(failed.pause());
    }

    private Mono<Read> stale(Wanted wanted, @Nullable Held held, String why, ProblemException otherwise) {
        if (held == null || held.isAbsent() || !held.expiredWithin(wanted.settings().staleIfError())) {
            count(wanted, false);
            return Mono.error(otherwise);
        }
        count(wanted, true);
        return Mono.just(new Read(held, age(held, Duration.ZERO), CacheStatus.hit(held, why)));
    }

    private void count(Wanted wanted, boolean hit) {
        counts.read(wanted.owner(), wanted.name(), hit);
    }

    /** Since the origin was asked; since we read it, if a client stored it. */
    private Duration age(Held held, Duration sinceRead) {
        return held.loaded() == null ? sinceRead : Duration.between(held.loaded().at(), clock.instant());
    }
}
