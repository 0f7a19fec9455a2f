package dev.frontdesk.kit.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
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
     */
    public static Retry again() {
        return Retry.backoff(RETRIES, FIRST_PAUSE)
                .filter(ConnectFailures::isBehind)
                .onRetryExhaustedThrow((_, signal) -> signal.failure());
    }
}
