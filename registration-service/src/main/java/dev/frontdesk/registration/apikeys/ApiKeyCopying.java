package dev.frontdesk.registration.apikeys;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes the copies that a change could not write: those of all keys at the start and every few minutes, in case Redis
 * lost them, and those of changed keys in between. Every instance does so; a copy that is already there stays.
 */
@Component
final class ApiKeyCopying extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration ALL_EVERY = Duration.ofMinutes(15);

    /** Longer than a transaction takes, and than the clocks of two instances differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private static final int PAGE = 500;
    private static final int AT_ONCE = 16;
    private static final UUID FIRST = new UUID(0, 0);

    private final ApiKeys keys;
    private final ApiKeyCopies copies;
    private final Clock clock;
    private Instant allSince = Instant.EPOCH;
    private Instant changedSince = Instant.EPOCH;

    ApiKeyCopying(ApiKeys keys, ApiKeyCopies copies, Clock clock) {
        super("Copying of API keys to Redis");
        this.keys = keys;
        this.copies = copies;
        this.clock = clock;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> run(), 1);
    }

    private Mono<Void> run() {
        Instant now = clock.instant();
        boolean all = !now.isBefore(allSince.plus(ALL_EVERY));
        return copy(all ? Instant.EPOCH : changedSince.minus(OVERLAP))
                .doOnSuccess(_ -> {
                    changedSince = now;
                    allSince = all ? now : allSince;
                    recovered();
                })
                .onErrorResume(this::reported);
    }

    /** Writes the copies of all keys that were changed after this time. */
    Mono<Void> copy(Instant since) {
        return page(since, FIRST)
                .expand(page -> page.size() < PAGE ? Mono.empty() : page(page.getLast()))
                .then();
    }

    private Mono<List<ApiKey>> page(ApiKey last) {
        return page(last.updatedAt(), last.id());
    }

    private Mono<List<ApiKey>> page(Instant time, UUID after) {
        return unlessStopping(keys.changedAfter(time, after, PAGE)
                .delayUntil(page -> Flux.fromIterable(page).flatMap(copies::storeOrFail, AT_ONCE)));
    }
}
