package dev.frontdesk.kit.resilience;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.Exceptions;

/**
 * Distinguishes an outage (a server is down, frozen or too slow; the same work may succeed later) from all other errors
 * (the work itself is wrong and will fail again).
 */
public final class Outages {

    private Outages() {}

    public static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (isOne(cause) || isAmongSeveral(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether Redis answers but is full ({@code noeviction}). It still runs commands that add nothing, so it does not
     * count as down for those.
     */
    public static boolean isFullRedis(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof io.lettuce.core.RedisCommandExecutionException
                    && String.valueOf(cause.getMessage()).startsWith("OOM ")) {
                return true;
            }
        }
        return false;
    }

    /** A composite error: several of the parallel operations may have failed. */
    private static boolean isAmongSeveral(Throwable error) {
        return Exceptions.isMultiple(error)
                && Exceptions.unwrapMultiple(error).stream().anyMatch(Outages::isBehind);
    }

    private static boolean isOne(Throwable error) {
        return switch (error) {
            case RedisConnectionFailureException _,
                    TransientDataAccessException _,
                    NonTransientDataAccessResourceException _,
                    TransactionException _,
                    WebClientRequestException _,
                    TimeoutException _,
                    ClosedChannelException _,
                    io.lettuce.core.RedisException _,
                    org.apache.kafka.common.errors.RetriableException _,
                    IOException _ -> !isErrorReply(error) && !isTooLarge(error);
            default -> false;
        };
    }

    /**
     * A Redis error reply (a broken script, a wrong type) is not an outage. LOADING, READONLY and similar replies are,
     * and so are MOVED and ASK when a Cluster redirects a command more often than the client follows.
     */
    private static boolean isErrorReply(Throwable error) {
        return error.getClass() == io.lettuce.core.RedisCommandExecutionException.class
                && !String.valueOf(error.getMessage())
                        .matches(
                                "(?s)(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|BUSY|OOM|NOREPLICAS|MISCONF).*");
    }

    /**
     * PostgreSQL's class 54, program limit exceeded (a value too long for an index, for example), which its driver takes
     * for missing resources. The driver is absent in services without PostgreSQL.
     */
    private static boolean isTooLarge(Throwable error) {
        var cause = error.getCause();
        return error instanceof NonTransientDataAccessResourceException
                && cause != null
                && cause.getClass().getName().startsWith("io.r2dbc.")
                && Driver.saysTooLarge(cause);
    }

    /** Loaded only where the driver is present. */
    private static final class Driver {

        private static boolean saysTooLarge(Throwable error) {
            return error instanceof io.r2dbc.spi.R2dbcException it
                    && String.valueOf(it.getSqlState()).startsWith("54");
        }
    }
}
