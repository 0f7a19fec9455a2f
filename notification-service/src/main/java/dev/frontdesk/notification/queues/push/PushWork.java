package dev.frontdesk.notification.queues.push;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.JobProperties;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.jobs.WakeSignals;
import dev.frontdesk.notification.queues.QueueName;
import dev.frontdesk.notification.queues.WorkMode;
import dev.frontdesk.notification.queues.leases.LeasedJobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Pushes the jobs of all queues that are worked by push. Concurrent jobs are limited per queue and per instance, so
 * that a lane at its own limit takes no capacity from the others.
 */
@Component
final class PushWork extends BackgroundWork {

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration KEEP_WITHIN = Duration.ofSeconds(1);

    /** Limit per instance; each job in hand holds a payload and a connection. */
    private static final int MOST_AT_ONCE = 200;

    /** Maximum payload characters of one claim. */
    private static final long LARGEST_CLAIM = 4L * 1024 * 1024;

    private final PushLanes lanes;
    private final JobClaims jobClaims;
    private final Push push;
    private final JobSignals signals;
    private final JobProperties properties;
    private final TraceCarrier traces;

    private record LaneName(String tenant, QueueName queue) {}

    private final Map<LaneName, Integer> inHand = new ConcurrentHashMap<>();
    private final AtomicInteger allInHand = new AtomicInteger();
    private final Sinks.Empty<Void> abandoned = Sinks.empty();
    private final WakeSignals freed = new WakeSignals();

    PushWork(
            PushLanes lanes,
            JobClaims jobClaims,
            Push push,
            JobSignals signals,
            JobProperties properties,
            TraceCarrier traces) {
        super("job push");
        this.lanes = lanes;
        this.jobClaims = jobClaims;
        this.push = push;
        this.signals = signals;
        this.properties = properties;
        this.traces = traces;
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(signals.heard().filter(this::mayBePushed), beats(SWEEP), freed.asFlux())
                .onBackpressureLatest()
                .concatMap(_ -> unlessStopping(look()).onErrorResume(this::reported), 1);
    }

    /**
     * Cuts off pushes whose time is over and waits briefly until their outcomes are stored, so that other instances
     * need not wait for the end of their leases.
     */
    @Override
    public void stop(Runnable stopped) {
        super.stop(() -> {
            abandoned.tryEmitEmpty();
            Flux.interval(Duration.ZERO, LOOK_AGAIN)
                    .takeUntil(_ -> allInHand.get() == 0)
                    .take(KEEP_WITHIN)
                    .doFinally(_ -> stopped.run())
                    .subscribe();
        });
    }

    private boolean mayBePushed(String queue) {
        return !QueueName.isFromInside(queue);
    }

    private Mono<Void> look() {
        return lanes.waiting()
                .flatMapIterable(all -> all)
                .concatMap(this::claim, 1)
                .then(Mono.fromRunnable(this::recovered));
    }

    private Mono<Void> claim(PushLane lane) {
        var name = new LaneName(lane.tenant().value(), lane.queue());
        int ofLane = properties.of(lane.queue().value()).concurrency() - inHand.getOrDefault(name, 0);
        int room = Math.min(ofLane, MOST_AT_ONCE - allInHand.get());
        if (room <= 0) {
            return Mono.empty();
        }
        return jobClaims
                .claim(
                        lane.tenant(),
                        lane.queue().value(),
                        WorkMode.PUSH.word(),
                        room,
                        Push.LEASE,
                        LeasedJobs.PUSHED,
                        LARGEST_CLAIM)
                .doOnNext(jobs -> jobs.forEach(job -> begin(name, lane, job)))
                .then();
    }

    /** Starts the push without waiting for it: the push stores the outcome itself. */
    private void begin(LaneName name, PushLane lane, Job job) {
        inHand.merge(name, 1, Integer::sum);
        allInHand.incrementAndGet();
        unlessStopping(traces.resume(
                        job.traceparent(),
                        "job.push",
                        push.send(lane, job, abandoned.asMono()).thenReturn(true)))
                // The job was claimed just before the stop.
                .switchIfEmpty(jobClaims.giveBack(List.of(job)).thenReturn(false))
                .onErrorResume(this::reported)
                .doFinally(_ -> {
                    inHand.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
                    allInHand.decrementAndGet();
                    freed.wake(lane.queue().value());
                })
                .subscribe();
    }
}
