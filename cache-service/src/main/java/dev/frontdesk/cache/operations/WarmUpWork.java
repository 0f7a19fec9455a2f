package dev.frontdesk.cache.operations;

import dev.frontdesk.cache.entries.Entries;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Held;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.cache.operations.Progress.Next;
import dev.frontdesk.cache.origins.OriginLoads;
import dev.frontdesk.cache.origins.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Loads the keys of warm-ups that are missing, as a read would. */
@Component
class WarmUpWork {

    /** Keys of one chunk, all loaded at once: within twice the timeout of the origin and a second, less than a lease. */
    private static final int AT_ONCE = 10;

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);
    private static final Progress NO_ORIGIN =
            new Progress(new Next.Failed("The namespace has no origin any more."), 0, 0, 0);

    private final KnownNamespaces namespaces;
    private final Entries entries;
    private final OriginLoads loads;
    private final int perSecond;

    WarmUpWork(
            KnownNamespaces namespaces, Entries entries, OriginLoads loads, OperationsProperties properties) {
        this.namespaces = namespaces;
        this.entries = entries;
        this.loads = loads;
        this.perSecond = properties.loadsPerSecond();
    }

    /** What became of a key. */
    private enum Result {
        PRESENT,
        LOADED,
        ABSENT,
        FAILED,

        /** The quota of the tenant is used up. */
        FULL,

        /** Too many reads of the tenant wait for origins. */
        BUSY;

        boolean isAnswered() {
            return this != BUSY && this != PRESENT;
        }
    }

    /** How many keys belong to one chunk. */
    int mostKeys() {
        return Math.min(AT_ONCE, perSecond);
    }

    Mono<Progress> next(Turn.Claimed claimed) {
        return settings(claimed)
                .flatMap(settings -> settings.origin() == null ? Mono.just(NO_ORIGIN) : load(claimed));
    }

    /** Read again if they name no origin: this instance may not have heard of it yet. */
    private Mono<NamespaceSettings> settings(Turn.Claimed claimed) {
        Mono<NamespaceSettings> known = Mono.defer(() -> namespaces.of(claimed.tenant(), claimed.namespace()));
        return known.flatMap(settings -> settings.origin() == null
                ? namespaces.readAgain(claimed.tenant()).then(known)
                : Mono.just(settings));
    }

    private Mono<Progress> load(Turn.Claimed claimed) {
        var owner = new Owner.Application(claimed.tenant());
        long begin = System.nanoTime();
        return Flux.fromIterable(claimed.keys())
                .flatMapSequential(
                        key -> load(owner, new EntryName(claimed.namespace(), key)), AT_ONCE)
                .collectList()
                .map(results -> progress(claimed, results, Duration.ofNanos(System.nanoTime() - begin)));
    }

    private Mono<Result> load(Owner.Application owner, EntryName name) {
        return entries.findLoaded(owner, name)
                .filter(Held::isFresh)
                .map(_ -> Result.PRESENT)
                .switchIfEmpty(Mono.defer(() -> loads.load(owner, name).map(WarmUpWork::result)));
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Found found -> found.stored() ? Result.LOADED : Result.FULL;
            case Outcome.Absent _ -> Result.ABSENT;
            case Outcome.Failed _ -> Result.FAILED;
            case Outcome.Busy _ -> Result.BUSY;
        };
    }

    private Progress progress(Turn.Claimed claimed, List<Result> results, Duration took) {
        // What comes behind a key that must be tried again is looked at again with it.
        int busy = results.indexOf(Result.BUSY);
        List<Result> settled = busy < 0 ? results : results.subList(0, busy);
        long loaded = count(settled, Result.LOADED);
        long failed = count(settled, Result.FAILED) + count(settled, Result.FULL);
        return new Progress(next(claimed, results, settled.size(), took), settled.size(), loaded, failed);
    }

    private Next next(Turn.Claimed claimed, List<Result> results, int settled, Duration took) {
        if (results.contains(Result.FULL)) {
            return new Next.Failed("The quota of the tenant is used up.");
        }
        boolean busy = settled < results.size();
        if (!busy && results.size() < mostKeys()) {
            return new Next.Done();
        }
        int from = claimed.cursor().isEmpty() ? 0 : Integer.parseInt(claimed.cursor());
        long asked = results.stream().filter(Result::isAnswered).count();
        return new Next.At(
                Integer.toString(from + settled), busy ? BUSY_PAUSE : pause(asked, perSecond, took));
    }

    /**
     * Until the next chunk.
     *
     * @param loads of this chunk, whatever the origin answered
     */
    static Duration pause(long loads, int perSecond, Duration took) {
        Duration due = Duration.ofMillis(TimeUnit.SECONDS.toMillis(loads) / perSecond);
        return due.compareTo(took) > 0 ? due.minus(took) : Duration.ZERO;
    }

    private static long count(List<Result> results, Result one) {
        return results.stream().filter(one::equals).count();
    }
}
