package dev.frontdesk.kit.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import reactor.util.retry.Retry;

/**
 * Calls for which no connection could be made: refused, no way there, or not within the connect timeout. Nothing was sent,
 * so any method may be tried once more, and behind the same address may be another instance by then. A call that may have
 * been received is not repeated here: only its caller knows whether it may happen twice.
 */
public final class ConnectFailures {

    private static final int RETRIES = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private ConnectFailures() {}

    public static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // A connect timeout of Netty's is a ConnectException too.
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }

    /** Twice, soon; then the failure as it was. The one layer in which calls between services are repeated. */
    public static Retry again() {
        return Retry.backoff(RETRIES, FIRST_PAUSE)
                .filter(ConnectFailures::isBehind)
                .onRetryExhaustedThrow((_, signal) -> signal.failure());
    }
}
