package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import dev.frontdesk.kit.tracing.TraceCarrier;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Runs one worker per {@link JobHandler} and per other {@link JobSource} while the application runs. */
@Component
class JobWorkers implements SmartLifecycle {

    private static final int NAME_LENGTH = 8;

    private final List<JobHandler> handlers;
    private final List<JobSource> sources;
    private final JobClaims jobClaims;
    private final JobCompletions jobCompletions;
    private final JobSignals signals;
    private final JobProperties properties;
    private final BuiltInQueues queues;
    private final TraceCarrier traces;
    private final Clock clock;

    /** Name of this instance, shown in the table as the holder of a job. */
    private final String name = "instance-" + UUID.randomUUID().toString().substring(0, NAME_LENGTH);

    private List<JobWorker> workers = List.of();

    JobWorkers(
            List<JobHandler> handlers,
            List<JobSource> sources,
            JobClaims jobClaims,
            JobCompletions jobCompletions,
            JobSignals signals,
            JobProperties properties,
            BuiltInQueues queues,
            TraceCarrier traces,
            Clock clock) {
        this.handlers = handlers;
        this.sources = sources;
        this.jobClaims = jobClaims;
        this.jobCompletions = jobCompletions;
        this.signals = signals;
        this.properties = properties;
        this.queues = queues;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        workers = Stream.concat(handlers.stream().map(this::queue), sources.stream())
                .map(source -> new JobWorker(source, jobClaims, jobCompletions, properties, traces, clock))
                .toList();
        workers.forEach(worker -> worker.run(signals.heard()).subscribe());
    }

    private JobSource queue(JobHandler handler) {
        return new HandlerQueue(handler, queues.defaults(handler.queue()), jobClaims, properties.lease(), name);
    }

    @Override
    public synchronized void stop(Runnable stopped) {
        Flux.fromIterable(workers)
                .flatMap(JobWorker::stop, Math.max(1, workers.size()))
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
        return LifecyclePhases.BACKGROUND;
    }
}
