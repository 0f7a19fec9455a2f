package dev.frontdesk.notification.tenants;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Which tenants are active, as far as events have told. Claims of jobs read the same table, so a job of a suspended
 * tenant waits even if nothing else knows of the suspension yet.
 */
@Repository
public class TenantStates {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String STORE = """
            INSERT INTO tenants AS t (id, status, version) VALUES (:id, :status, :version)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, version = excluded.version
            WHERE t.version < excluded.version
            """;

    private static final String IS_ACTIVE =
            "SELECT NOT EXISTS (SELECT 1 FROM tenants WHERE id = :id AND status <> 'active') AS active";

    private final DatabaseClient database;

    TenantStates(DatabaseClient database) {
        this.database = database;
    }

    /** May be repeated; an older version changes nothing. */
    Mono<Void> store(TenantId tenant, String status, long version) {
        return database.sql(STORE)
                .bind("id", tenant.value())
                .bind("status", status)
                .bind("version", version)
                .then()
                .timeout(TIMEOUT);
    }

    public Mono<Boolean> isActive(TenantId tenant) {
        return database.sql(IS_ACTIVE)
                .bind("id", tenant.value())
                .map(row -> Boolean.TRUE.equals(row.get("active", Boolean.class)))
                .one()
                .timeout(TIMEOUT);
    }
}
