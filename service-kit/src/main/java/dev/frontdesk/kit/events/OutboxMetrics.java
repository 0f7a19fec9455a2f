package dev.frontdesk.kit.events;

import dev.frontdesk.kit.metrics.PeriodicReading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Publishes how many events of an outbox wait, and for how long. Every instance reports the same outbox. */
final class OutboxMetrics extends PeriodicReading<OutboxBacklog> {

    private final String outbox;
    private final Mono<OutboxBacklog> backlog;

    /** @param outbox the value of the label {@code outbox} */
    OutboxMetrics(String outbox, Mono<OutboxBacklog> backlog, Duration interval) {
        super("backlog of the outbox " + outbox, interval);
        this.outbox = outbox;
        this.backlog = backlog;
    }

    @Override
    protected Mono<OutboxBacklog> read() {
        return backlog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "frontdesk.outbox.age",
                        this,
                        TimeUnit.MILLISECONDS,
                        it -> it.last(known -> known.age().toMillis()))
                .description("How long the oldest event in the outbox has waited for Kafka")
                .tag("outbox", outbox)
                .register(registry);
        Gauge.builder("frontdesk.outbox.events", this, it -> it.last(OutboxBacklog::events))
                .description("Events in the outbox that wait for Kafka; of PostgreSQL at most 10000 are counted")
                .tag("outbox", outbox)
                .register(registry);
    }
}
