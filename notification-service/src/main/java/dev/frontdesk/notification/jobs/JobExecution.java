package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Runs one attempt of a job within its timeout, and returns the outcome. */
final class JobExecution {

    private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

    private final Duration timeout;
    private final Duration longestBackoff;
    private final Clock clock;
    private final Mono<Void> cutOff;

    /** @param cutOff completes when all running attempts must be cut off */
    JobExecution(Duration timeout, Duration longestBackoff, Clock clock, Mono<Void> cutOff) {
        this.timeout = timeout;
        this.longestBackoff = longestBackoff;
        this.clock = clock;
        this.cutOff = cutOff;
    }

    /** Emits the outcome; never fails. */
    Mono<Outcome> attempt(ClaimedJob claimed) {
        Job job = claimed.job();
        Mono<Outcome> ended =
                job.isExpired(clock.instant()) ? Mono.just(new Outcome.Failed("expired")) : worked(claimed);
        return ended.doOnEach(TraceLog.onNext(outcome -> report(job, outcome)));
    }

    private Mono<Outcome> worked(ClaimedJob claimed) {
        Job job = claimed.job();
        return claimed.work()
                .timeout(timeout, Mono.error(() -> new UnknownOutcome("the attempt timed out", null)))
                .<Outcome>map(Outcome.Done::new)
                .switchIfEmpty(Mono.fromSupplier(() -> new Outcome.Done(null)))
                .onErrorResume(error -> Mono.just(Outcome.of(error, job, job.nextBackoff(longestBackoff))))
                .takeUntilOther(cutOff)
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
            case Outcome.Accepted _ -> log.debug("{} {} accepted by its receiver", job.kind(), job.id());
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
