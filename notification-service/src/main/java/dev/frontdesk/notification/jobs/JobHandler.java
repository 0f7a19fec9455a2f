package dev.frontdesk.notification.jobs;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Does the jobs of one queue; declared as a bean, called by the worker. */
public interface JobHandler {

    /** Name of the queue. */
    String queue();

    /**
     * Ends when it is done, with a result as JSON or with none. May be called again for the same job, when nobody knows
     * whether it was done. {@link PermanentFailure} means that another attempt would fail, too; {@link RetryableFailure},
     * like
     * any other error, that it is tried again later; {@link Deferred} the same, and that this was no attempt;
     * {@link UnknownOutcome} that nobody can know whether it was done.
     */
    Mono<String> handle(Job job);

    /** One attempt may take as long; then it is cancelled and tried again. */
    default Duration timeout() {
        return Duration.ofSeconds(60);
    }

    /**
     * Whether its jobs are so small, and done twice so harmlessly, that a worker may claim many beyond those that it works on.
     * They are shared out again when the worker dies, as a stall of each.
     */
    default boolean claimsAhead() {
        return false;
    }
}
