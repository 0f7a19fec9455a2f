package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.WakeSignals;
import dev.frontdesk.notification.queues.QueueName;
import dev.frontdesk.notification.queues.WorkMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Work for whoever asks for it, and waits for it for a while. */
@Component
final class Leases {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** Characters of the payloads in one answer, unless one alone has more. What does not fit is not claimed. */
    private static final long LARGEST_ANSWER = 1024 * 1024;

    /**
     * What a worker asks for.
     *
     * @param worker as the table shows who has a job
     * @param most jobs, and fewer where their payloads have more than {@link #LARGEST_ANSWER} together
     * @param lease how long it has the jobs
     * @param patience how long it waits when there are none
     */
    record Wanted(TenantId tenant, QueueName queue, String worker, int most, Duration lease, Duration patience) {}

    private final JobClaims jobClaims;
    private final LeaseWaiters waiting;
    private final ShutdownNotice shutdownNotice;

    Leases(JobClaims jobClaims, LeaseWaiters waiting, ShutdownNotice shutdownNotice) {
        this.jobClaims = jobClaims;
        this.waiting = waiting;
        this.shutdownNotice = shutdownNotice;
    }

    /** None when there was nothing to do in that time, or this instance stops. */
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
            // The first look is the last to begin: what is added after it is told.
            return Flux.merge(looks.asFlux(), first)
                    .onBackpressureLatest()
                    // A claim that is on its way is not cut off: it would be lost for the length of its lease.
                    .takeUntilOther(
                            Mono.firstWithSignal(Mono.delay(wanted.patience()).then(), shutdownNotice.said()))
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

    /** As if nobody had ever had them. Nobody waits for it. */
    void giveBack(List<Job> jobs) {
        if (!jobs.isEmpty()) {
            jobClaims
                    .giveBack(jobs)
                    .doOnError(error -> log.warn(
                            "{} leased jobs wait for the end of their lease: {}", jobs.size(), error.toString()))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    private Mono<List<Job>> claim(Wanted wanted) {
        return heard(jobClaims.claim(
                wanted.tenant(),
                wanted.queue().value(),
                WorkMode.LEASE.word(),
                wanted.most(),
                wanted.lease(),
                wanted.worker(),
                LARGEST_ANSWER));
    }

    /** Claims to the end also when the client is gone meanwhile, and then gives back. */
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
