package dev.frontdesk.kit.events;

import dev.frontdesk.kit.metrics.MetricsAutoConfiguration;
import dev.frontdesk.kit.metrics.MetricsProperties;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The PostgreSQL outbox, for services that store state there and enable it with {@code frontdesk.outbox.postgres}. */
@AutoConfiguration(
        after = {EventsAutoConfiguration.class, MetricsAutoConfiguration.class, R2dbcAutoConfiguration.class})
@ConditionalOnClass({ConnectionFactory.class, DatabaseClient.class})
@ConditionalOnProperty("frontdesk.outbox.postgres")
public class PostgresOutboxAutoConfiguration {

    @Bean
    PostgresOutbox postgresOutbox(DatabaseClient database, EventRecorder recorder) {
        return new PostgresOutbox(database, recorder);
    }

    @Bean
    PostgresOutboxRelay postgresOutboxRelay(
            ConnectionFactory connections,
            DatabaseClient database,
            TransactionalOperator transaction,
            EventPublisher publisher,
            EventCodec codec) {
        return new PostgresOutboxRelay(connections, database, transaction, publisher, codec);
    }

    @Bean
    OutboxMetrics postgresOutboxMetrics(DatabaseClient database, MetricsProperties metrics) {
        return new OutboxMetrics("postgres", new PostgresOutboxBacklog(database).read(), metrics.interval());
    }
}
