package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.apikeys.ApiKeyUses.Use;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells registration-service once a minute which keys were used, and when. What was not told when a gateway is killed is
 * lost: the last use of a key is then up to a minute older than the truth.
 */
final class ApiKeyUseReports extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Only valid keys are added; without a bound an outage of registration-service would collect all of them. */
    private static final int MOST = 100_000;

    private final ApiKeyLookups registrationService;
    private final Duration every;
    private final ConcurrentHashMap<UUID, Instant> untold = new ConcurrentHashMap<>();

    ApiKeyUseReports(ApiKeyLookups registrationService) {
        this(registrationService, EVERY);
    }

    ApiKeyUseReports(ApiKeyLookups registrationService, Duration every) {
        super("Reporting used API keys");
        this.registrationService = registrationService;
        this.every = every;
    }

    /** Called for every request with a valid key. */
    void add(UUID key, Instant at) {
        if (untold.size() < MOST || untold.containsKey(key)) {
            untold.put(key, at);
        }
    }

    @Override
    protected Flux<Void> work() {
        return beats(every).concatMap(_ -> unlessStopping(report()), 1);
    }

    @Override
    protected Mono<Void> lastWork() {
        return reportAll();
    }

    private Mono<Void> report() {
        return reportAll().onErrorResume(this::reported);
    }

    private Mono<Void> reportAll() {
        return Flux.defer(() -> Flux.fromIterable(untold.entrySet()))
                .map(entry -> new Use(entry.getKey(), entry.getValue()))
                .buffer(ApiKeyUses.MOST)
                .concatMap(this::report, 1)
                .then()
                .doOnSuccess(_ -> recovered());
    }

    /** A use that came in the meantime is told the next time. */
    private Mono<Void> report(List<Use> uses) {
        return registrationService
                .report(uses)
                .doOnSuccess(_ -> uses.forEach(use -> untold.remove(use.id(), use.at())));
    }
}
