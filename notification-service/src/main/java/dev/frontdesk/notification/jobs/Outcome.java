package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
sealed interface Outcome {

    /** @param result JSON */
    record Done(@Nullable String result) implements Outcome {}

    /** A receiver works on the job, holds it for one more lease, and reports the outcome itself. */
    record Accepted() implements Outcome {}

    /** The job failed and is not retried. */
    record Failed(String reason) implements Outcome {}

    /** It is unknown whether the job was done, and it must not be done twice. */
    record Unknown(String reason) implements Outcome {}

    /** The attempt failed and the job is retried. */
    record Again(Duration pause, String reason) implements Outcome {}

    /** The job does not count as tried, and waits as if it had not been claimed. */
    record Postponed(Duration pause) implements Outcome {}

    /** State of the job after this outcome. */
    default String state() {
        return switch (this) {
            case Done _ -> "completed";
            case Accepted _ -> "active";
            case Failed _ -> "failed";
            case Unknown _ -> "unknown";
            case Again _, Postponed _ -> "delayed";
        };
    }

    /** @param pause wait before the next attempt, if there is one */
    static Outcome of(Throwable error, Job job, Duration pause) {
        String reason = reasonOf(error);
        return switch (error) {
            case Deferred later -> new Postponed(later.pause());
            case AcceptedByReceiver _ -> new Accepted();
            case PermanentFailure _ -> new Failed(reason);
            case UnknownOutcome _ when !job.repeatable() -> new Unknown(reason);
            case Throwable _ when job.isLastAttempt() -> new Failed(reason);
            case RetryableFailure later
            when later.notBefore().compareTo(pause) > 0 -> new Again(later.notBefore(), reason);
            default -> new Again(pause, reason);
        };
    }

    private static String reasonOf(Throwable error) {
        boolean ours = error instanceof PermanentFailure
                || error instanceof RetryableFailure
                || error instanceof UnknownOutcome;
        String message = error.getMessage();
        // Messages of other exceptions may contain secrets or addresses.
        return ours && message != null ? message : error.getClass().getSimpleName();
    }
}
