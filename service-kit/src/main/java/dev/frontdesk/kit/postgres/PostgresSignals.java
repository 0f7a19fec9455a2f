package dev.frontdesk.kit.postgres;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Receives the signals that other transactions send with {@code SELECT pg_notify(current_schema() || '_<name>', '')}. A
 * signal is only a wake-up: signals are lost while the connection is down, so every listener must also poll.
 */
public final class PostgresSignals {

    private static final Duration RELISTEN = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ConnectionFactory connections;
    private final String name;

    /** @param name the channel's name after the schema and an underscore; a plain identifier */
    public PostgresSignals(ConnectionFactory connections, String name) {
        this.connections = unpooled(connections);
        this.name = name;
    }

    /**
     * Never completes: a lost connection is reopened. Signals that arrive while the consumer is busy are merged into
     * one.
     */
    public Flux<Notification> listen() {
        return notifications()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RELISTEN))
                .repeatWhen(ends -> ends.delayElements(RELISTEN))
                .onBackpressureLatest();
    }

    private Flux<Notification> notifications() {
        return Flux.usingWhen(
                Mono.from(connections.create()).cast(PostgresqlConnection.class).timeout(TIMEOUT),
                connection -> channel(connection)
                        .flatMap(channel -> listen(connection, channel))
                        .timeout(TIMEOUT)
                        .thenMany(connection.getNotifications()),
                PostgresqlConnection::close);
    }

    private Mono<String> channel(PostgresqlConnection connection) {
        return connection
                .createStatement("SELECT current_schema() || '_" + name + "'")
                .execute()
                .flatMap(result -> result.map((row, _) -> Objects.requireNonNull(row.get(0, String.class))), 1)
                .single();
    }

    private static Mono<Long> listen(PostgresqlConnection connection, String channel) {
        return connection
                .createStatement("LISTEN " + channel)
                .execute()
                .flatMap(result -> result.getRowsUpdated(), 1)
                .then(Mono.just(0L));
    }

    /**
     * LISTEN needs a separate connection: it lasts as long as its connection, and a pool would give that connection to
     * other code.
     */
    private static ConnectionFactory unpooled(ConnectionFactory connections) {
        return connections instanceof Wrapped<?> pool && pool.unwrap() instanceof ConnectionFactory inner
                ? inner
                : connections;
    }
}
