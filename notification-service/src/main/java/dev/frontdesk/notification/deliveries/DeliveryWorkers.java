package dev.frontdesk.notification.deliveries;

import dev.frontdesk.kit.drain.Phases;
import dev.frontdesk.kit.postgres.PostgresSignals;
import dev.frontdesk.kit.tracing.TraceCarrier;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** One worker per handler, from the application's start to its end. */
@Component
class DeliveryWorkers implements SmartLifecycle {

    private final List<DeliveryHandler> handlers;
    private final Deliveries deliveries;
    private final DeliveryProperties properties;
    private final TraceCarrier traces;
    private final Clock clock;
    private final PostgresSignals signals;

    private List<DeliveryWorker> workers = List.of();

    DeliveryWorkers(
            List<DeliveryHandler> handlers,
            Deliveries deliveries,
            DeliveryProperties properties,
            TraceCarrier traces,
            Clock clock,
            ConnectionFactory connections) {
        this.handlers = handlers;
        this.deliveries = deliveries;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.signals = new PostgresSignals(connections, Deliveries.SIGNAL);
    }

    @Override
    public synchronized void start() {
        Flux<String> queues = signals.listen().map(Notification::getParameter).share();
        workers = handlers.stream()
                .map(handler -> new DeliveryWorker(handler, deliveries, properties, traces, clock))
                .toList();
        workers.forEach(worker -> worker.run(queues).subscribe());
    }

    @Override
    public synchronized void stop(Runnable stopped) {
        Flux.fromIterable(workers)
                .flatMap(DeliveryWorker::stop, Math.max(1, workers.size()))
                .doFinally(_ -> stopped.run())
                .subscribe();
        workers = List.of();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return !workers.isEmpty();
    }

    @Override
    public int getPhase() {
        return Phases.BACKGROUND;
    }
}
