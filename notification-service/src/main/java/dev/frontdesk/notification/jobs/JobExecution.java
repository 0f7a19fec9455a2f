package dev.frontdesk.notification.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Runs one attempt of a job with its handler, within the handler's timeout, and returns the outcome. */
final class JobExecution {

    private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

    private final JobHandler handler;
    private final Duration longestBackoff;
    private final Clock clock;
    private final ClaimPrefetch ahead;
    private final Mono<Void> abandoned;

    /** @param abandoned completes when all running attempts must be cut off */
    JobExecution(JobHandler handler, Duration longestBackoff, Clock clock, ClaimPrefetch ahead, Mono<Void> abandoned) {
        this.handler = handler;
        this.longestBackoff = longestBackoff;
        this.clock = clock;
        this.ahead = ahead;
        this.abandoned = abandoned;
    }

    /** Emits the outcome; never fails. */
    Mono<Outcome> attempt(Job job) {
        Mono<Outcome> ended = job.isExpired(clock.instant()) ? Mono.just(new Outcome.Failed("expired")) : handled(job);
        return ended.doOnNext(outcome -> report(job, outcome));
    }

    private Mono<Outcome> handled(Job job) {
        Duration wait = job.backoff(longestBackoff)
                .after(Math.max(1, job.attempt() - job.stalls()), ThreadLocalRandom.current());
        long begun = System.nanoTime();
        return Mono.defer(() -> handler.handle(job))
                .timeout(handler.timeout(), Mono.error(() -> new UnknownOutcome("the attempt timed out", null)))
                .<Outcome>map(Outcome.Done::new)
                .switchIfEmpty(Mono.fromSupplier(() -> new Outcome.Done(null)))
                .onErrorResume(error -> Mono.just(Outcome.of(error, job, wait)))
                .doOnNext(_ -> ahead.took(System.nanoTime() - begun))
                .takeUntilOther(abandoned)
                .switchIfEmpty(Mono.fromSupplier(() -> cutOff(job)));
    }

    /** A repeatable job is given back and its attempt does not count, because the job did not cause this. */
    private static Outcome cutOff(Job job) {
        return job.repeatable()
                ? new Outcome.Postponed(Duration.ZERO)
                : new Outcome.Unknown("the service stopped during the attempt");
    }

    private static void report(Job job, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done _ -> log.debug("{} {} done", job.kind(), job.id());
            case Outcome.Failed(String reason) ->
                log.warn("{} {} failed permanently: {}", job.kind(), job.id(), reason);
            case Outcome.Unknown(String reason) ->
                log.warn("{} {} has an unknown outcome: {}", job.kind(), job.id(), reason);
            case Outcome.Postponed(Duration pause) -> log.debug("{} {} waits {}", job.kind(), job.id(), pause);
            case Outcome.Again(Duration pause, String reason) ->
                log.warn(
                        "{} {} failed in attempt {}, retry in {}: {}",
                        job.kind(),
                        job.id(),
                        job.attempt(),
                        pause,
                        reason);
        }
    }
}
