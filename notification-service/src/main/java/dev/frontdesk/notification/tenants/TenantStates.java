package dev.frontdesk.notification.tenants;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.TenantRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
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

    /** In the order of their ids, so that two instances do not wait for each other in a circle. */
    private static final String STORE_ALL = """
            INSERT INTO tenants AS t (id, status, version)
            SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:statuses AS text[]), CAST(:versions AS bigint[])) AS told(id, status, version)
            ORDER BY id
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, version = excluded.version
            WHERE t.version < excluded.version
            """;

    private static final String CLOSED =
            "SELECT id FROM tenants WHERE id = ANY(CAST(:ids AS text[])) AND status <> 'active'";

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

    /** The same for many. */
    Mono<Void> store(List<TenantRecord> tenants) {
        return database.sql(STORE_ALL)
                .bind("ids", tenants.stream().map(TenantRecord::id).toArray(String[]::new))
                .bind("statuses", tenants.stream().map(TenantRecord::status).toArray(String[]::new))
                .bind("versions", tenants.stream().map(TenantRecord::version).toArray(Long[]::new))
                .then()
                .timeout(TIMEOUT);
    }

    /** Those of these tenants that are suspended or deleted. */
    public Flux<TenantId> closed(Collection<TenantId> tenants) {
        return database.sql(CLOSED)
                .bind("ids", tenants.stream().map(TenantId::value).toArray(String[]::new))
                .map(row -> new TenantId(required(row, "id", String.class)))
                .all()
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
