package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.metrics.MetricsProperties;
import dev.frontdesk.kit.metrics.PeriodicReading;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.notification.queues.QueueBacklogs.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Publishes how many jobs wait in each built-in queue, and for how long. Every instance reports the total. */
@Component
class QueueMetrics extends PeriodicReading<Map<String, Backlog>> {

    private final QueueBacklogs backlogs;
    private final BuiltInQueues builtIn;

    QueueMetrics(QueueBacklogs backlogs, BuiltInQueues builtIn, MetricsProperties properties) {
        super("backlog of the queues", properties.interval());
        this.backlogs = backlogs;
        this.builtIn = builtIn;
    }

    @Override
    protected Mono<Map<String, Backlog>> read() {
        return backlogs.read();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(builtIn.names().stream(), Stream.of(QueueBacklogs.APPLICATION))
                .forEach(queue -> bind(queue, registry));
    }

    private void bind(String queue, MeterRegistry registry) {
        Gauge.builder(
                        "frontdesk.notification.jobs.waiting",
                        this,
                        it -> it.last(all -> of(queue, all).waiting()))
                .description("Jobs that are due and wait for a worker; at most 10000 of each queue are counted")
                .tag("queue", queue)
                .register(registry);
        TimeGauge.builder(
                        "frontdesk.notification.jobs.age",
                        this,
                        TimeUnit.MILLISECONDS,
                        it -> it.last(all -> of(queue, all).age().toMillis()))
                .description("How long the oldest of these jobs has been due")
                .tag("queue", queue)
                .register(registry);
    }

    private static Backlog of(String queue, Map<String, Backlog> all) {
        return all.getOrDefault(queue, Backlog.NONE);
    }
}
