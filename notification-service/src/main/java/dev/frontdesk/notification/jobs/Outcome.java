package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
sealed interface Outcome {

    /** @param result JSON */
    record Done(@Nullable String result) implements Outcome {}

    /** It never will be. */
    record Failed(String reason) implements Outcome {}

    /** Nobody knows, and it must not be done twice. */
    record Unknown(String reason) implements Outcome {}

    /** It has to be tried again. */
    record Again(Duration pause, String reason) implements Outcome {}

    /** It was not even tried, and waits as if nobody had claimed it. */
    record Postponed(Duration pause) implements Outcome {}

    /** The one that the job is in then. */
    default String state() {
        return switch (this) {
            case Done _ -> "completed";
            case Failed _ -> "failed";
            case Unknown _ -> "unknown";
            case Again _, Postponed _ -> "delayed";
        };
    }

    /** @param pause before the next attempt, if there is one */
    static Outcome of(Throwable error, Job job, Duration pause) {
        String reason = reasonOf(error);
        return switch (error) {
            case Deferred later -> new Postponed(later.pause());
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
        // What others say may quote anything.
        return ours && message != null ? message : error.getClass().getSimpleName();
    }
}
