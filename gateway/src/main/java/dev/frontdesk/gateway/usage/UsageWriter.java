package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.resilience.Outages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes the counted requests to Redis every second, and a last time before the gateway stops. A gateway that is killed loses
 * what it counted in its last second, and what it could not write during an outage of Redis.
 */
final class UsageWriter extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(UsageWriter.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Tenants whose batches are written at once. */
    private static final int AT_ONCE = 4;

    private final UsageCounter counter;
    private final UnwrittenUsage unwritten;
    private final Function<UsageBatch, Mono<Void>> redis;
    private final Clock clock;
    private final Counter dropped;
    private volatile boolean dropping;

    /** @param redis adds a batch that it has not added yet */
    UsageWriter(
            UsageCounter counter,
            UnwrittenUsage unwritten,
            Function<UsageBatch, Mono<Void>> redis,
            Clock clock,
            MeterRegistry meters) {
        super("Writing the usage of tenants");
        this.counter = counter;
        this.unwritten = unwritten;
        this.redis = redis;
        this.clock = clock;
        this.dropped = Counter.builder("frontdesk.gateway.usage.dropped")
                .description("Requests that are missing in the usage of their subject")
                .register(meters);
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(write().onErrorResume(this::reported)), 1);
    }

    @Override
    protected Mono<Void> lastWork() {
        return write();
    }

    /** Ends at the first failure: while Redis is down, the others would fail too, and the counts of the next second wait. */
    Mono<Void> write() {
        return Flux.defer(() -> {
                    drain();
                    return Flux.fromIterable(unwritten.tenants());
                })
                .flatMap(this::writeAll, AT_ONCE)
                .then(Mono.fromRunnable(() -> {
                    dropping = false;
                    recovered();
                }));
    }

    private void drain() {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        long requests = 0;
        for (var counts : counter.drain().entrySet()) {
            requests += unwritten.add(hour, counts.getKey(), counts.getValue());
        }
        if (requests > 0 && !dropping) {
            dropping = true;
            log.warn(
                    "Redis has been down for too long to keep all usage: requests of subjects beyond {} are not counted",
                    UnwrittenUsage.MOST);
        }
        dropped.increment(requests);
    }

    /** One batch after the other: the next one is taken when Redis has confirmed the one before. */
    private Mono<Void> writeAll(TenantId tenant) {
        return Flux.<UsageBatch>generate(batches -> {
                    UsageBatch next = unwritten.next(tenant);
                    if (next == null) {
                        batches.complete();
                    } else {
                        batches.next(next);
                    }
                })
                .concatMap(this::write, 0)
                .then();
    }

    private Mono<Void> write(UsageBatch batch) {
        return redis.apply(batch)
                .timeout(TIMEOUT)
                .onErrorResume(error -> !Outages.isBehind(error), error -> drop(batch, error))
                .then(Mono.fromRunnable(() -> unwritten.ended(batch)));
    }

    /** A fault of ours, which would come again and hold up all others. */
    private Mono<Void> drop(UsageBatch batch, Throwable error) {
        return Mono.fromRunnable(() -> {
            log.error("Usage of tenant {} could not be written and is dropped", batch.tenant(), error);
            dropped.increment(batch.counts().values().stream()
                    .mapToLong(RequestCount::requests)
                    .sum());
        });
    }
}
