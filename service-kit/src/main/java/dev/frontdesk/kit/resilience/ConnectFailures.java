package dev.frontdesk.kit.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Calls for which no connection could be opened: refused, no route, or connect timeout. Nothing was sent, so any method
 * may be retried, and another instance may have taken over the address by then. A call that may have been received is
 * not retried here: only its caller knows whether it is idempotent.
 */
public final class ConnectFailures {

    private static final int RETRIES = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private ConnectFailures() {}

    public static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // Netty's connect timeout is a ConnectException too.
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Retries twice with a short backoff, then emits the original failure. This is the only layer that retries calls
     * between services.
     *
     * @param call makes the call anew with each subscription
     */
    public static <T> Mono<T> again(Mono<T> call) {
        // The operators for the retries are only made for a call that has failed.
        return call.onErrorResume(
                ConnectFailures::isBehind,
                _ -> call.delaySubscription(FIRST_PAUSE)
                        .retryWhen(Retry.backoff(RETRIES - 1L, FIRST_PAUSE.multipliedBy(2))
                                .filter(ConnectFailures::isBehind)
                                .onRetryExhaustedThrow((_, signal) -> signal.failure())));
    }
}
