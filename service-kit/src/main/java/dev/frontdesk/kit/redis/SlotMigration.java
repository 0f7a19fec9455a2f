package dev.frontdesk.kit.redis;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A slot of a Cluster that moves to another master. Lettuce follows redirects of single keys. A script with several keys, of which
 * some are missing at the master, gets TRYAGAIN: they may be at the other one. It has not run, so it is safe to send it again.
 */
final class SlotMigration {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    /** Less than half a second together. Keys that no master has are missing until the slot has moved. */
    private static final int RETRIES = 6;

    private static final Retry WHILE_IT_MOVES = Retry.backoff(RETRIES, PAUSE)
            .maxBackoff(LONGEST_PAUSE)
            .filter(SlotMigration::isBehind)
            .onRetryExhaustedThrow((_, last) -> last.failure());

    private SlotMigration() {}

    static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof io.lettuce.core.RedisCommandExecutionException
                    && String.valueOf(cause.getMessage()).startsWith("TRYAGAIN ")) {
                return true;
            }
        }
        return false;
    }

    /** For a command that was not sent before. */
    static <T> Mono<T> retried(Mono<T> command) {
        return command.retryWhen(WHILE_IT_MOVES);
    }

    /** For a command that was refused once. */
    static <T> Mono<T> sentAgain(Mono<T> command) {
        return retried(command).delaySubscription(PAUSE);
    }
}
