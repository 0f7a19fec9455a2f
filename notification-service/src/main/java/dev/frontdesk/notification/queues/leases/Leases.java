package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.lifecycle.ShutdownSignal;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.WakeSignals;
import dev.frontdesk.notification.jobs.WorkMode;
import dev.frontdesk.notification.queues.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Claims jobs for external workers, which may wait for them. */
@Component
final class Leases {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** Maximum payload characters in one response; a single job may exceed it. Jobs that do not fit are not claimed. */
    private static final long LARGEST_ANSWER = 1024 * 1024;

    /**
     * What a worker requests.
     *
     * @param worker name shown in the table as the holder of a job
     * @param most maximum number of jobs; fewer if their payloads exceed {@link #LARGEST_ANSWER} together
     * @param lease how long the worker holds the jobs
     * @param patience how long the worker waits when there are no jobs
     */
    record Wanted(TenantId tenant, QueueName queue, String worker, int most, Duration lease, Duration patience) {}

    private final JobClaims jobClaims;
    private final LeaseWaiters waiting;
    private final ShutdownSignal shutdown;

    Leases(JobClaims jobClaims, LeaseWaiters waiting, ShutdownSignal shutdown) {
        this.jobClaims = jobClaims;
        this.waiting = waiting;
        this.shutdown = shutdown;
    }

    /** Empty list if no job came in that time, or this instance stops. */
    Mono<List<Job>> take(Wanted wanted) {
        if (wanted.patience().isZero()) {
            return claim(wanted);
        }
        return Mono.defer(() -> {
            var looks = new WakeSignals();
            Runnable look = () -> looks.wake(wanted.queue().value());
            Mono<String> first = Mono.fromCallable(() -> {
                waiting.add(wanted.tenant(), wanted.queue(), look);
                return wanted.queue().value();
            });
            // Signals are subscribed to before the first claim, so that no job that is added after it is missed.
            return Flux.merge(looks.asFlux(), first)
                    .onBackpressureLatest()
                    // A running claim is not cancelled: its jobs would be lost until their leases end.
                    .takeUntilOther(
                            Mono.firstWithSignal(Mono.delay(wanted.patience()).then(), shutdown.received()))
                    .concatMap(_ -> claim(wanted), 1)
                    .filter(jobs -> !jobs.isEmpty())
                    .next()
                    .defaultIfEmpty(List.of())
                    .doFinally(_ -> {
                        waiting.remove(wanted.tenant(), wanted.queue(), look);
                        waiting.wake(wanted.tenant(), wanted.queue());
                    });
        });
    }

    /** Undoes the claims of the jobs; does not wait for the result. */
    void giveBack(List<Job> jobs) {
        if (!jobs.isEmpty()) {
            jobClaims
                    .giveBack(jobs)
                    .doOnEach(TraceLog.onError(error -> log.warn(
                            "{} leased jobs not released; their leases must expire: {}",
                            jobs.size(),
                            error.toString())))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    private Mono<List<Job>> claim(Wanted wanted) {
        return heard(jobClaims.claim(
                wanted.tenant(),
                wanted.queue().value(),
                WorkMode.LEASE,
                wanted.most(),
                wanted.lease(),
                wanted.worker(),
                LARGEST_ANSWER));
    }

    /** Completes the claim even if the client disconnects, and then gives the jobs back. */
    private Mono<List<Job>> heard(Mono<List<Job>> claim) {
        return Mono.create(sink -> {
            var taken = new AtomicBoolean();
            sink.onCancel(() -> taken.set(true));
            claim.subscribe(
                    jobs -> {
                        if (taken.compareAndSet(false, true)) {
                            sink.success(jobs);
                        } else {
                            giveBack(jobs);
                        }
                    },
                    sink::error);
        });
    }
}
