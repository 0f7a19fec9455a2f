package dev.frontdesk.kit.resilience;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
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
                    IOException _ -> !isErrorReply(error) && !isRefusal(error);
            // A service that answers but can't work, because its database is away, for example.
            case WebClientResponseException answer -> answer.getStatusCode().is5xxServerError();
            default -> isOfTheDriver(error) && SqlState.isTransient(error);
        };
    }

    /**
     * A Redis error reply (a broken script, a wrong type) is not an outage. LOADING, READONLY and similar replies are,
     * and so are MOVED and ASK when a Cluster redirects a command more often than the client follows. A script that finds
     * keys by itself gets the last one while their slot moves to another master.
     */
    private static boolean isErrorReply(Throwable error) {
        return error.getClass() == io.lettuce.core.RedisCommandExecutionException.class
                && !String.valueOf(error.getMessage())
                        .matches(
                                "(?s)(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|BUSY|OOM|NOREPLICAS|MISCONF"
                                        + "|ERR Script attempted to access a non local key).*");
    }

    /**
     * Something that PostgreSQL refuses, such as a value too long for an index. Its driver takes every class of errors that
     * it does not know for missing resources. It is absent in services without PostgreSQL.
     */
    private static boolean isRefusal(Throwable error) {
        var cause = error.getCause();
        return error instanceof NonTransientDataAccessResourceException
                && cause != null
                && isOfTheDriver(cause)
                && !SqlState.isOfTheServer(cause);
    }

    private static boolean isOfTheDriver(Throwable error) {
        return error.getClass().getName().startsWith("io.r2dbc.");
    }

    /** Loaded only where the driver is present. */
    private static final class SqlState {

        /** A deadlock, for example, which Spring does not translate. */
        private static boolean isTransient(Throwable error) {
            return error instanceof io.r2dbc.spi.R2dbcTransientException;
        }

        /**
         * A server that can't work now (PostgreSQL's manual, appendix A): connection, a plan that a migration has made
         * invalid, a read-only replica, missing database, resources, a lock, shutdown, I/O, a lost snapshot, an internal
         * error. The driver's own errors have none, or 99.
         */
        private static final List<String> OF_THE_SERVER =
                List.of("08", "0A", "25006", "25P03", "3D", "53", "55006", "55P03", "57", "58", "72", "99", "F0", "XX");

        private static boolean isOfTheServer(Throwable error) {
            var state = error instanceof io.r2dbc.spi.R2dbcException it ? it.getSqlState() : null;
            return state == null || OF_THE_SERVER.stream().anyMatch(state::startsWith);
        }
    }
}
