package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.lifecycle.InFlightWork;
import dev.frontdesk.kit.tracing.TraceCarrier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Works on one queue. When a job may be due or a place is free, it claims as many jobs as it has room for. It also
 * renews the leases of the jobs in hand: jobs that are claimed and whose outcome is not stored yet. Unless the handler
 * claims ahead, there are never more of them than the concurrency.
 */
final class JobWorker {

    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * Time to store outcomes of jobs that were cut off at shutdown, so that other workers can claim them immediately
     * instead of after the lease.
     */
    private static final Duration KEEP_WITHIN = Duration.ofSeconds(1);

    private static final int RENEWALS_PER_LEASE = 3;
    private static final Retry WHILE_THE_LEASE_LASTS =
            Retry.backoff(8, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private record InHand(Job job, Sinks.Empty<Void> lost) {}

    private final QueueDefaults queue;
    private final JobClaims jobClaims;
    private final JobCompletions jobCompletions;
    private final JobProperties properties;
    private final TraceCarrier traces;
    private final Clock clock;
    private final String name;
    private final ClaimPrefetch ahead;
    private final JobExecution jobExecution;

    private final InFlightWork claiming = new InFlightWork();
    private final Map<UUID, InHand> inHand = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> unkept = new ConcurrentHashMap<>();
    private final Queue<InHand> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyCount = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger beginning = new AtomicInteger();
    private final WakeSignals freed = new WakeSignals();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> abandoned = Sinks.empty();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile String servedLast = "";

    /** @param name of the worker, shown in the table as the holder of a job */
    JobWorker(
            JobHandler handler,
            JobClaims jobClaims,
            JobCompletions jobCompletions,
            JobProperties properties,
            TraceCarrier traces,
            Clock clock,
            String name) {
        this.queue = properties.of(handler.queue());
        this.jobClaims = jobClaims;
        this.jobCompletions = jobCompletions;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.name = name;
        this.ahead = new ClaimPrefetch(handler.claimsAhead() ? queue.concurrency() : 0);
        this.jobExecution = new JobExecution(handler, properties.longestBackoff(), clock, ahead, abandoned.asMono());
    }

    /**
     * Runs until {@link #stop()}.
     *
     * @param signals names of queues that may have work
     */
    Flux<Void> run(Flux<String> signals) {
        Flux<String> swept = Flux.interval(Duration.ZERO, properties.sweep())
                .onBackpressureDrop()
                .map(_ -> queue.name());
        var worked = Flux.merge(signals.filter(queue.name()::equals), swept, freed.asFlux())
                .onBackpressureLatest()
                // A thread that adds or ends a job must not run claims as well.
                .publishOn(Schedulers.parallel(), 1)
                // A running claim is not cancelled: its jobs would be lost until their leases end.
                .takeUntilOther(stopping.asMono())
                .concatMap(_ -> claiming.unlessStopping(Mono.defer(this::claim)), 1);
        var renewed = Flux.interval(properties.lease().dividedBy(RENEWALS_PER_LEASE))
                .onBackpressureDrop()
                .concatMap(_ -> renew(), 1)
                .takeUntilOther(abandoned.asMono());
        return Flux.merge(worked, renewed);
    }

    /**
     * Stops claiming, gives back jobs that were not begun, and completes when the other jobs have ended or the shutdown
     * time is over.
     */
    Mono<Void> stop() {
        return Mono.defer(() -> {
            stopping.tryEmitEmpty();
            // A running claim may still bring jobs.
            return claiming.stop()
                    .then(Mono.defer(this::giveBack))
                    .then(allEnded(properties.shutdown()))
                    .then(Mono.<Void>fromRunnable(abandoned::tryEmitEmpty))
                    .then(allEnded(KEEP_WITHIN));
        });
    }

    private Mono<Void> allEnded(Duration within) {
        return Flux.interval(Duration.ZERO, LOOK_AGAIN)
                .onBackpressureDrop()
                .takeUntil(_ -> inHand.isEmpty())
                .take(within)
                .then();
    }

    private Mono<Void> giveBack() {
        var unbegun = Flux.<InHand>generate(sink -> {
                    var next = ready.poll();
                    if (next == null) {
                        sink.complete();
                    } else {
                        sink.next(next);
                    }
                })
                .doOnNext(it -> inHand.remove(it.job().id()))
                .map(InHand::job)
                .collectList();
        return unbegun.filter(jobs -> !jobs.isEmpty())
                .flatMap(jobClaims::giveBack)
                .onErrorResume(this::reported);
    }

    private Mono<Void> claim() {
        int room = queue.concurrency() + ahead.jobs() - inHand.size();
        if (room <= 0 || readyCount.get() > ahead.jobs() / 2) {
            return Mono.empty();
        }
        return jobClaims
                .claim(queue, servedLast, room, properties.lease(), name)
                .doOnNext(this::take)
                .then(Mono.<Void>fromRunnable(this::recovered))
                .onErrorResume(this::reported);
    }

    private void take(List<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        servedLast = jobs.getLast().tenant().value();
        for (Job job : jobs) {
            var mine = new InHand(job, Sinks.empty());
            inHand.put(job.id(), mine);
            ready.add(mine);
        }
        readyCount.addAndGet(jobs.size());
        beginReady();
        lookAgain();
    }

    /**
     * Runs in one thread at a time. A handler that ends immediately does not recurse: its call only increments the
     * counter.
     */
    private void beginReady() {
        if (beginning.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (working.get() < queue.concurrency()) {
                InHand next = ready.poll();
                if (next == null) {
                    break;
                }
                readyCount.decrementAndGet();
                working.incrementAndGet();
                begin(next);
            }
            missed = beginning.addAndGet(-missed);
        } while (missed != 0);
    }

    private void begin(InHand mine) {
        Job job = mine.job();
        Mono<Outcome> attempt = jobExecution.attempt(job).doFinally(_ -> {
            working.decrementAndGet();
            beginReady();
        });
        traces.resume(job.traceparent(), "job.handle", attempt.flatMap(outcome -> keep(job, outcome)))
                .takeUntilOther(mine.lost().asMono())
                .doFinally(_ -> {
                    inHand.remove(job.id(), mine);
                    if (readyCount.get() <= ahead.jobs() / 2) {
                        lookAgain();
                    }
                })
                .subscribe();
    }

    private void lookAgain() {
        freed.wake(queue.name());
    }

    private Mono<Void> keep(Job job, Outcome outcome) {
        return jobCompletions
                .end(job.id(), job.fence(), outcome)
                .retryWhen(WHILE_THE_LEASE_LASTS)
                .doOnNext(mine -> {
                    if (!mine) {
                        log.warn("{} {} ended after its lease was lost; the result is dropped", job.kind(), job.id());
                    }
                })
                .then()
                // If the outcome cannot be stored, the job is taken over after its lease.
                .onErrorResume(error -> {
                    unkept.put(job.id(), clock.instant().plus(properties.lease().multipliedBy(2)));
                    return reported(error);
                });
    }

    /** Cuts off work whose claim is lost because the job was cancelled or claimed by another worker. */
    private Mono<Void> renew() {
        var mine = List.copyOf(inHand.values());
        Mono<Void> renewed = mine.isEmpty() ? Mono.empty() : renew(mine);
        return renewed.then(giveBackStrays()).onErrorResume(this::reported);
    }

    /** Excludes jobs in hand and jobs that are done but whose outcome could not be stored: those were begun. */
    private Mono<Void> giveBackStrays() {
        return Mono.defer(() -> {
                    unkept.values().removeIf(clock.instant()::isAfter);
                    var known = new HashSet<>(inHand.keySet());
                    known.addAll(unkept.keySet());
                    return jobClaims.giveBackStrays(queue.name(), name, known);
                })
                .doOnNext(count -> {
                    if (count > 0) {
                        log.warn("{}: released {} jobs whose claim got no response", queue.name(), count);
                        lookAgain();
                    }
                })
                .then();
    }

    private Mono<Void> renew(List<InHand> mine) {
        return jobClaims
                .renew(mine.stream().map(InHand::job).toList(), properties.lease())
                .doOnNext(kept -> {
                    var still = Set.copyOf(kept);
                    mine.stream().filter(it -> !still.contains(it.job().id())).forEach(this::lose);
                })
                .then();
    }

    /** Ignores a job that ended in the meantime. */
    private void lose(InHand mine) {
        if (inHand.get(mine.job().id()) == mine) {
            if (ready.remove(mine)) {
                readyCount.decrementAndGet();
                inHand.remove(mine.job().id(), mine);
            }
            mine.lost().tryEmitEmpty();
        }
    }

    private <T> Mono<T> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} jobs wait, PostgreSQL is unavailable: {}", queue.name(), error.toString());
        }
        return Mono.empty();
    }

    private void recovered() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} jobs are processed again", queue.name());
        }
    }
}
