package dev.frontdesk.kit.postgres;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives the connections to PostgreSQL their event loops. */
@AutoConfiguration(before = R2dbcAutoConfiguration.class)
@ConditionalOnClass({PostgresqlConnectionFactoryProvider.class, ConnectionFactoryOptionsBuilderCustomizer.class})
public class PostgresAutoConfiguration {

    @Bean
    PostgresEventLoops postgresEventLoops() {
        return new PostgresEventLoops();
    }

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer eventLoopsOfConnections(PostgresEventLoops loops) {
        return options -> options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, loops.resources());
    }
}
