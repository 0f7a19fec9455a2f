package dev.frontdesk.gateway.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.health.HealthPart;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Polls Redis and all services every few seconds and stores the result. Requests read the stored result and cause no
 * calls.
 */
final class HealthPoller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HealthPoller.class);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");

    private final HealthPart redis;
    private final Supplier<Map<String, Boolean>> documents;
    private final Map<String, URI> services;
    private final WebClient http;
    private final IdentityAssertions assertions;
    private final HealthProperties properties;
    private final Clock clock;
    private volatile HealthSnapshot last = HealthSnapshot.NONE;
    private @Nullable Disposable looking;

    /** @param documents by name, whether the gateway knows the latest version and can use it */
    HealthPoller(
            HealthPart redis,
            Supplier<Map<String, Boolean>> documents,
            Map<String, URI> services,
            WebClient http,
            IdentityAssertions assertions,
            HealthProperties properties,
            Clock clock) {
        this.redis = redis;
        this.documents = documents;
        this.services = Map.copyOf(services);
        this.http = http;
        this.assertions = assertions;
        this.properties = properties;
        this.clock = clock;
    }

    HealthSnapshot last() {
        return last;
    }

    @Override
    public synchronized void start() {
        looking = Flux.interval(Duration.ZERO, properties.every())
                .onBackpressureDrop()
                .concatMap(_ -> look(), 1)
                .doOnNext(this::remember)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, properties.every()))
                .subscribe();
    }

    private Mono<HealthSnapshot> look() {
        var toldByRedis = redis.look()
                .timeout(properties.answerWithin())
                .map(Optional::of)
                .onErrorResume(error -> away(redis.name(), error));
        var toldByServices = Flux.fromIterable(services.entrySet())
                .flatMap(
                        it -> ask(it.getKey(), it.getValue()).map(told -> Map.entry(it.getKey(), told)),
                        services.size())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
        return Mono.zip(
                toldByRedis,
                toldByServices,
                (ofRedis, ofServices) -> new HealthSnapshot(clock.instant(), ofRedis, ofServices, documents.get()));
    }

    private Mono<Optional<ServiceHealth>> ask(String name, URI service) {
        return Mono.defer(() -> http.get()
                        .uri(service.resolve(ServiceHealth.PATH))
                        .header(Headers.IDENTITY, assertions.sign(GATEWAY))
                        .retrieve()
                        .bodyToMono(ServiceHealth.class))
                .timeout(properties.answerWithin())
                .map(Optional::of)
                .onErrorResume(error -> away(name, error));
    }

    private static <T> Mono<Optional<T>> away(String name, Throwable error) {
        log.debug("Health check of {} failed: {}", name, error.toString());
        return Mono.just(Optional.empty());
    }

    private void remember(HealthSnapshot healthSnapshot) {
        if (last.at() == null || last.status() != healthSnapshot.status()) {
            log.info("Frontdesk is {}", healthSnapshot.status().word());
        }
        last = healthSnapshot;
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.dispose();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.BACKGROUND;
    }
}
