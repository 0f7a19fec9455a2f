package dev.frontdesk.registration.audit;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.TimeRange;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the trail of one tenant, newest first. */
@Component
public final class SecurityEvents {

    private static final String COLUMNS = "id, kind, actor, actor_id, account_id, api_key_id, subject,"
            + " client_address, user_agent, occurred_at, last_at, occurrences";

    private static final String FIND = "SELECT " + COLUMNS + """
             FROM security_events
            WHERE tenant = :tenant
              AND (CAST(:account_id AS uuid) IS NULL OR account_id = :account_id)
              AND (CAST(:kind AS text) IS NULL OR kind = :kind)
              AND (CAST(:from AS timestamptz) IS NULL OR occurred_at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR occurred_at < :to)
              AND (CAST(:time AS timestamptz) IS NULL OR (occurred_at, id) < (:time, :after))
            ORDER BY occurred_at DESC, id DESC
            LIMIT :limit
            """;

    private static final String NEWEST_OF = "SELECT " + COLUMNS + """
             FROM security_events
            WHERE tenant = :tenant AND account_id = :account_id
            ORDER BY occurred_at DESC, id DESC
            LIMIT :limit
            """;

    private final DatabaseClient database;
    private final AuditProperties properties;

    SecurityEvents(DatabaseClient database, AuditProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /** The search conditions; null matches everything. */
    record Filter(@Nullable UUID accountId, @Nullable String kind, TimeRange range) {}

    Mono<Page<SecurityEvent>> find(TenantId tenant, Filter filter, int limit, @Nullable PageCursor after) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("account_id", orNull(filter.accountId()))
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, filter.kind()))
                .bind(
                        "from",
                        Parameters.in(
                                R2dbcType.TIMESTAMP_WITH_TIME_ZONE,
                                filter.range().from()))
                .bind(
                        "to",
                        Parameters.in(
                                R2dbcType.TIMESTAMP_WITH_TIME_ZONE,
                                filter.range().to()))
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", orNull(after == null ? null : after.id()))
                .bind("limit", limit + 1)
                .map(SecurityEvents::read)
                .all()
                .collectList()
                .timeout(properties.timeout())
                .map(found -> Page.of(found, limit, event -> new PageCursor(event.occurredAt(), event.id())));
    }

    /** The newest events of this account. */
    public Flux<SecurityEvent> newestOf(TenantId tenant, UUID accountId, int limit) {
        return database.sql(NEWEST_OF)
                .bind("tenant", tenant.value())
                .bind("account_id", accountId)
                .bind("limit", limit)
                .map(SecurityEvents::read)
                .all()
                .timeout(properties.timeout());
    }

    private static SecurityEvent read(Readable row) {
        return new SecurityEvent(
                required(row, "id", UUID.class),
                required(row, "kind", String.class),
                required(row, "actor", String.class),
                row.get("actor_id", UUID.class),
                row.get("account_id", UUID.class),
                row.get("api_key_id", UUID.class),
                row.get("subject", String.class),
                row.get("client_address", String.class),
                row.get("user_agent", String.class),
                required(row, "occurred_at", Instant.class),
                required(row, "last_at", Instant.class),
                required(row, "occurrences", Integer.class));
    }

    private static Parameter orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }
}
