package dev.frontdesk.notification.deliveries;

import dev.frontdesk.kit.drain.WorkInHand;
import dev.frontdesk.kit.tracing.TraceCarrier;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Works one queue: whenever something may be due or a place became free, it claims as many deliveries as it has room for.
 * None waits in memory, so a lease is spent on work alone.
 */
final class DeliveryWorker {

    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final Duration EMIT_WITHIN = Duration.ofMillis(100);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Retry WHILE_THE_LEASE_LASTS =
            Retry.backoff(8, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final DeliveryHandler handler;
    private final Deliveries deliveries;
    private final DeliveryProperties properties;
    private final TraceCarrier traces;
    private final Clock clock;

    private final WorkInHand claims = new WorkInHand();
    private final AtomicInteger working = new AtomicInteger();
    private final Sinks.Many<String> freed = Sinks.many().multicast().directBestEffort();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> abandoned = Sinks.empty();
    private final AtomicBoolean failing = new AtomicBoolean();

    DeliveryWorker(
            DeliveryHandler handler,
            Deliveries deliveries,
            DeliveryProperties properties,
            TraceCarrier traces,
            Clock clock) {
        this.handler = handler;
        this.deliveries = deliveries;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Runs until {@link #stop()}.
     *
     * @param signals names of queues that something was added to
     */
    Flux<Void> run(Flux<String> signals) {
        Flux<String> swept = Flux.interval(Duration.ZERO, properties.sweep())
                .onBackpressureDrop()
                .concatMap(_ -> takeOver(), 1);
        return Flux.merge(signals.filter(handler.queue()::equals), swept, freed.asFlux())
                .onBackpressureLatest()
                // A claim that is on its way is not cancelled: it would be lost for the length of its lease.
                .takeUntilOther(stopping.asMono())
                .concatMap(_ -> claims.unlessStopping(Mono.defer(this::claim)), 1);
    }

    /** Claims no more, and ends when what is claimed and being worked has ended, or has had its time. */
    Mono<Void> stop() {
        return Mono.defer(() -> {
            stopping.tryEmitEmpty();
            // A claim that is on its way may still bring work.
            return claims.stop()
                    .thenMany(Flux.interval(Duration.ZERO, LOOK_AGAIN)
                            .onBackpressureDrop()
                            .takeUntil(_ -> working.get() == 0))
                    .take(properties.shutdown())
                    .then()
                    .doFinally(_ -> abandoned.tryEmitEmpty());
        });
    }

    private Mono<String> takeOver() {
        return deliveries
                .takeOver(handler.queue())
                .doOnNext(count -> {
                    if (count > 0) {
                        log.warn("{}: {} deliveries whose worker is gone are taken over", handler.queue(), count);
                    }
                })
                .thenReturn(handler.queue())
                .onErrorResume(this::reported);
    }

    private Mono<Void> claim() {
        int room = properties.concurrency() - working.get();
        if (room <= 0) {
            return Mono.empty();
        }
        return deliveries
                .claim(handler.queue(), room, properties.lease())
                .doOnNext(this::begin)
                .then(Mono.<Void>fromRunnable(this::recovered))
                .onErrorResume(this::reported);
    }

    private void begin(Delivery delivery) {
        working.incrementAndGet();
        traces.resume(delivery.traceparent(), "delivery.handle", work(delivery))
                .takeUntilOther(abandoned.asMono())
                .doFinally(_ -> end())
                .subscribe();
    }

    private void end() {
        working.decrementAndGet();
        freed.emitNext(handler.queue(), Sinks.EmitFailureHandler.busyLooping(EMIT_WITHIN));
    }

    private Mono<Void> work(Delivery delivery) {
        return attempt(delivery)
                .flatMap(outcome -> keep(delivery, outcome).retryWhen(WHILE_THE_LEASE_LASTS))
                .doOnNext(mine -> {
                    if (!mine) {
                        log.warn("{} {} took longer than its lease", delivery.kind(), delivery.id());
                    }
                })
                .then()
                // What could not be kept is tried again after the lease.
                .onErrorResume(this::reported);
    }

    private Mono<Outcome> attempt(Delivery delivery) {
        if (delivery.isExpired(clock.instant())) {
            return Mono.just(new Outcome.Failed("expired"));
        }
        Duration wait = properties.backoff().after(delivery.attempt(), ThreadLocalRandom.current());
        return Mono.defer(() -> handler.handle(delivery))
                .timeout(properties.lease())
                .<Outcome>thenReturn(new Outcome.Done())
                .onErrorResume(error -> Mono.just(Outcome.of(error, delivery, wait)));
    }

    /** @return false when the claim was lost meanwhile */
    private Mono<Boolean> keep(Delivery delivery, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> {
                log.info("{} {} delivered", delivery.kind(), delivery.id());
                yield deliveries.complete(delivery);
            }
            case Outcome.Failed(String reason) -> {
                log.warn("{} {} failed for good: {}", delivery.kind(), delivery.id(), reason);
                yield deliveries.fail(delivery, reason);
            }
            case Outcome.Again(Duration pause, String reason) -> {
                log.warn(
                        "{} {} failed in attempt {}, waits {}: {}",
                        delivery.kind(),
                        delivery.id(),
                        delivery.attempt(),
                        pause,
                        reason);
                yield deliveries.retry(delivery, pause, reason);
            }
        };
    }

    private <T> Mono<T> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} deliveries wait for the database: {}", handler.queue(), error.toString());
        }
        return Mono.empty();
    }

    private void recovered() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} deliveries go on", handler.queue());
        }
    }
}
