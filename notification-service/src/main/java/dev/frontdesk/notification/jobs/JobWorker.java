package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.lifecycle.InFlightWork;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.jobs.JobsInHand.Held;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
 * Works on the jobs of one {@link JobSource}. When a job may be due or a place is free, it claims as many jobs as there
 * is room for, begins them, renews their leases while they are in hand, and stores their outcomes.
 */
final class JobWorker {

    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * Time to store outcomes of jobs that were cut off at shutdown, so that other workers can claim them immediately
     * instead of after the lease.
     */
    private static final Duration STORE_WITHIN = Duration.ofSeconds(1);

    private static final int RENEWALS_PER_LEASE = 3;
    private static final Retry WHILE_UNAVAILABLE = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
            .maxBackoff(Duration.ofSeconds(5))
            .filter(Outages::isBehind);

    /** An outcome that PostgreSQL refuses keeps its place among the jobs in hand until then. */
    private static final Retry SOME_TIMES =
            Retry.backoff(8, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final JobSource source;
    private final JobClaims claims;
    private final JobCompletions completions;
    private final JobProperties properties;
    private final TraceCarrier traces;
    private final Clock clock;
    private final JobExecution execution;
    private final JobsInHand inHand;

    private final EmptyClaims emptyClaims = new EmptyClaims();
    private final InFlightWork claiming = new InFlightWork();
    private final AtomicInteger beginning = new AtomicInteger();
    private final WakeSignals freed = new WakeSignals();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> cutOff = Sinks.empty();
    private final AtomicBoolean failing = new AtomicBoolean();

    JobWorker(
            JobSource source,
            JobClaims claims,
            JobCompletions completions,
            JobProperties properties,
            TraceCarrier traces,
            Clock clock) {
        this.source = source;
        this.claims = claims;
        this.completions = completions;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
        this.execution = new JobExecution(source.timeout(), properties.longestBackoff(), clock, cutOff.asMono());
        this.inHand = new JobsInHand(source);
    }

    /**
     * Runs until {@link #stop()}.
     *
     * @param signals names of queues that may have work
     */
    Flux<Void> run(Flux<String> signals) {
        var swept = Flux.interval(Duration.ZERO, properties.sweep())
                .onBackpressureDrop()
                .map(_ -> source.name());
        var worked = Flux.merge(signals.filter(source::mayHaveWork), swept, freed.asFlux())
                .onBackpressureLatest()
                // A thread that adds or ends a job must not run claims as well.
                .publishOn(Schedulers.parallel(), 1)
                // A running claim is not cancelled: its jobs would be lost until their leases end.
                .takeUntilOther(stopping.asMono())
                .concatMap(_ -> claiming.unlessStopping(Mono.defer(this::claim)), 1);
        var renewed = Flux.interval(source.lease().dividedBy(RENEWALS_PER_LEASE))
                .onBackpressureDrop()
                .concatMap(_ -> renew(), 1)
                .takeUntilOther(cutOff.asMono());
        return Flux.merge(worked, renewed);
    }

    private Mono<Void> claim() {
        return !inHand.wantMore()
                ? Mono.empty()
                : source.claim(inHand)
                        .filter(jobs -> !jobs.isEmpty())
                        .doOnNext(this::take)
                        // Unlike hasElements, this does not cancel the claim of further jobs.
                        .count()
                        .doOnNext(_ -> recovered())
                        .flatMap(lists -> pauseIfEmpty(lists > 0))
                        .onErrorResume(this::reported);
    }

    /** Signals that arrive in the pause lead to a claim after it. */
    private Mono<Void> pauseIfEmpty(boolean found) {
        Duration pause = emptyClaims.after(found, System.nanoTime());
        return pause.isZero() ? Mono.empty() : Mono.delay(pause).then();
    }

    /** The jobs begin on another thread: the next claim need not wait until all of them have. */
    private void take(List<ClaimedJob> jobs) {
        inHand.add(jobs);
        Schedulers.parallel().schedule(this::beginReady);
        lookAgain();
    }

    /**
     * Runs in one thread at a time. A job that ends immediately does not recurse: its call only increments the counter.
     * Claims again at the end: a signal that came before these jobs began may have found no room.
     */
    private void beginReady() {
        if (beginning.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Held next = inHand.next(); next != null; next = inHand.next()) {
                begin(next);
            }
            lookAgain();
            missed = beginning.addAndGet(-missed);
        } while (missed != 0);
    }

    private void begin(Held mine) {
        Job job = mine.job();
        Mono<Outcome> attempt = execution.attempt(mine.claimed()).doFinally(_ -> {
            inHand.attemptEnded();
            beginReady();
        });
        traces.resume(job.traceparent(), source.span(), attempt.flatMap(outcome -> store(job, outcome)))
                .takeUntilOther(mine.lost())
                .doFinally(_ -> {
                    inHand.remove(mine);
                    lookAgain();
                })
                .subscribe();
    }

    private void lookAgain() {
        if (inHand.wantMore()) {
            freed.wake(source.name());
        }
    }

    /** Tries for one lease. If the outcome cannot be stored by then, the job is taken over. */
    private Mono<Void> store(Job job, Outcome outcome) {
        Mono<Boolean> stored = outcome instanceof Outcome.Accepted
                ? claims.renew(List.of(job), source.lease()).thenReturn(true)
                : completions.end(job.id(), job.fence(), outcome);
        return stored.retryWhen(WHILE_UNAVAILABLE)
                .retryWhen(SOME_TIMES)
                .timeout(source.lease())
                .doOnEach(TraceLog.onNext(mine -> {
                    if (!mine) {
                        log.warn("{} {} ended after its lease was lost; the result is dropped", job.kind(), job.id());
                    }
                }))
                .then()
                .onErrorResume(error -> {
                    inHand.couldNotStore(
                            job, clock.instant().plus(source.lease().multipliedBy(2)));
                    return reported(error);
                });
    }

    /** Cuts off work whose claim is lost because the job was cancelled or claimed by another worker. */
    private Mono<Void> renew() {
        var held = inHand.all();
        Mono<Void> renewed = held.isEmpty()
                ? Mono.empty()
                : claims.renew(held.stream().map(Held::job).toList(), source.lease())
                        .doOnNext(kept -> inHand.loseAllBut(kept, held))
                        .then();
        return renewed.then(giveBackStrays()).onErrorResume(this::reported);
    }

    private Mono<Void> giveBackStrays() {
        return Mono.defer(() -> source.giveBackStrays(inHand.known(clock.instant())))
                .doOnNext(count -> {
                    if (count > 0) {
                        log.warn("{}: released {} jobs whose claim got no response", source.name(), count);
                        lookAgain();
                    }
                })
                .then();
    }

    /**
     * Stops claiming, gives back jobs that were not begun, and completes when the other jobs have ended or the shutdown
     * time is over.
     */
    Mono<Void> stop() {
        return Mono.defer(() -> {
            inHand.close();
            stopping.tryEmitEmpty();
            // A running claim may still bring jobs.
            return claiming.stop()
                    .then(Mono.defer(this::giveBack))
                    .then(allEnded(properties.shutdown()))
                    .then(Mono.<Void>fromRunnable(cutOff::tryEmitEmpty))
                    .then(allEnded(STORE_WITHIN));
        });
    }

    private Mono<Void> giveBack() {
        var unbegun = inHand.removeReady();
        return unbegun.isEmpty() ? Mono.empty() : claims.giveBack(unbegun).onErrorResume(this::reported);
    }

    private Mono<Void> allEnded(Duration within) {
        return Flux.interval(Duration.ZERO, LOOK_AGAIN)
                .onBackpressureDrop()
                .takeUntil(_ -> inHand.isEmpty())
                .take(within)
                .then();
    }

    private <T> Mono<T> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} jobs wait, PostgreSQL is unavailable: {}", source.name(), error.toString());
        }
        return Mono.empty();
    }

    private void recovered() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} jobs are processed again", source.name());
        }
    }
}
