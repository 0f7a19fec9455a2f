package dev.frontdesk.kit.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Checks PostgreSQL through the connection pool of this service. */
final class PostgresHealth implements HealthPart {

    private final DatabaseClient database;

    PostgresHealth(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public String name() {
        return ServiceHealth.POSTGRES;
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return database.sql("SELECT 1").fetch().rowsUpdated().thenReturn(Map.of());
    }
}
