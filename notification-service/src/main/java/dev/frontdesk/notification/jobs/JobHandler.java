package dev.frontdesk.notification.jobs;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Handles the jobs of one queue. It is declared as a bean and called by the worker. */
public interface JobHandler {

    /** Name of the queue. */
    String queue();

    /**
     * Completes when the job is done, with a JSON result or empty. It may be called again for the same job if it is
     * unknown whether the job was done. {@link PermanentFailure} means that another attempt would fail as well. After
     * {@link RetryableFailure} or any other error the job is retried later. {@link Deferred} also delays the job, but
     * does not count as an attempt. {@link UnknownOutcome} means that it is unknown whether the job was done.
     */
    Mono<String> handle(Job job);

    /** Maximum duration of one attempt, which is then cancelled with an unknown outcome. */
    default Duration timeout() {
        return Duration.ofSeconds(60);
    }

    /**
     * How many jobs a worker may claim beyond those in work; they are in memory. Only for jobs that are very short, and
     * either harmless to repeat (when the worker dies, other workers take them over, and each counts as a stall), or
     * marked as begun.
     */
    default int mostClaimedAhead() {
        return 0;
    }

    /**
     * Whether the handler clears {@code claimed_ahead} of a job before it does anything that must not be done twice. A
     * job whose worker dies before that waits again as if it had not been claimed, also if it is not repeatable.
     */
    default boolean marksBegun() {
        return false;
    }
}
