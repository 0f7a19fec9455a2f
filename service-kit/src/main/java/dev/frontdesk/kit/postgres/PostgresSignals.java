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
 * Hears what other transactions tell with {@code SELECT pg_notify(current_schema() || '_<name>', '')}. A signal only wakes
 * somebody up: those that come while the connection is lost are lost with it, so whoever listens also sweeps.
 */
public final class PostgresSignals {

    private static final Duration RELISTEN = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ConnectionFactory connections;
    private final String name;

    /** @param name of the channel, after the schema and an underscore; a plain identifier */
    public PostgresSignals(ConnectionFactory connections, String name) {
        this.connections = unpooled(connections);
        this.name = name;
    }

    /** Never ends: a lost connection is opened again. Signals that nobody had time for become one. */
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

    /** A connection of its own, because LISTEN lasts as long as its connection and a pool would hand it on. */
    private static ConnectionFactory unpooled(ConnectionFactory connections) {
        return connections instanceof Wrapped<?> pool && pool.unwrap() instanceof ConnectionFactory inner
                ? inner
                : connections;
    }
}
