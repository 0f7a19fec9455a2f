package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The queue of a {@link JobHandler}, whose jobs are claimed for the service, fairly among all tenants. */
final class HandlerQueue implements JobSource {

    private final JobHandler handler;
    private final QueueDefaults queue;
    private final JobClaims claims;
    private final Duration lease;
    private final String worker;
    private final ClaimPrefetch prefetch;
    private volatile String servedLast = "";

    /** @param worker name of this instance, shown in the table as the holder of a job */
    HandlerQueue(JobHandler handler, QueueDefaults queue, JobClaims claims, Duration lease, String worker) {
        this.handler = handler;
        this.queue = queue;
        this.claims = claims;
        this.lease = lease;
        this.worker = worker;
        this.prefetch = new ClaimPrefetch(queue.concurrency(), handler.mostClaimedAhead());
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public boolean mayHaveWork(String signalled) {
        return signalled.equals(queue.name());
    }

    @Override
    public int concurrency() {
        return queue.concurrency();
    }

    @Override
    public int prefetch() {
        return prefetch.jobs();
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public Duration timeout() {
        return handler.timeout();
    }

    @Override
    public String span() {
        return "job.handle";
    }

    @Override
    public Flux<List<ClaimedJob>> claim(JobsInHand inHand) {
        return claims.claim(queue, servedLast, inHand.room(), lease, worker, handler.marksBegun())
                .filter(jobs -> !jobs.isEmpty())
                .doOnNext(jobs -> servedLast = jobs.getLast().tenant().value())
                .map(jobs ->
                        jobs.stream().map(job -> new ClaimedJob(job, work(job))).toList())
                .flux();
    }

    private Mono<String> work(Job job) {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return handler.handle(job).doFinally(_ -> prefetch.took(System.nanoTime() - begun));
        });
    }

    @Override
    public Mono<Long> giveBackStrays(Collection<UUID> known) {
        return claims.giveBackStrays(queue.name(), worker, known);
    }
}
