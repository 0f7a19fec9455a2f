package dev.frontdesk.kit.idempotency;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** {@link Idempotency} for services with a PostgreSQL; it reads no table until a service uses it. */
@AutoConfiguration(after = R2dbcAutoConfiguration.class)
@ConditionalOnClass(DatabaseClient.class)
@ConditionalOnBean(DatabaseClient.class)
public class IdempotencyAutoConfiguration {

    @Bean
    Idempotency idempotency(DatabaseClient database, JsonMapper json) {
        return new Idempotency(new IdempotencyRecords(database), json);
    }
}
