package dev.frontdesk.notification.reports;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.notification.jobs.BuiltInQueue;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads the data of reports, and stores finished reports. */
@Repository
class Reports {

    /** The maximum number of lines in a report. */
    static final int MOST_LINES = 50_000;

    private static final int PAGE = 5_000;

    /** The timeout of one statement; the server cancels it after that time, too. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Stores one report per job. Each insert also deletes a few expired reports. */
    private static final String KEEP = """
            WITH cleared AS (
                DELETE FROM reports WHERE id IN (
                    SELECT id FROM reports WHERE made_at < now() - make_interval(secs => :retention)
                    ORDER BY made_at LIMIT 5 FOR UPDATE SKIP LOCKED))
            INSERT INTO reports (id, tenant, kind, begins, ends, lines, csv)
            VALUES (:id, :tenant, :kind, :begins, :ends, :lines, :csv)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String FIND = """
            SELECT id, kind, begins, ends, lines, made_at FROM reports
            WHERE tenant = :tenant AND made_at > now() - make_interval(secs => :retention)
              AND (:time IS NULL OR (made_at, id) < (:time, :after))
            ORDER BY made_at DESC, id DESC LIMIT :limit
            """;

    private static final String CSV = """
            SELECT csv FROM reports
            WHERE tenant = :tenant AND id = :id AND made_at > now() - make_interval(secs => :retention)
            """;

    private record Line(List<@Nullable String> cells, PageCursor position) {}

    /** @param to exclusive */
    record Report(UUID id, String kind, Instant from, Instant to, int lines, Instant madeAt) {}

    private final DatabaseClient database;
    private final ReportProperties properties;
    private final BuiltInQueues queues;

    Reports(DatabaseClient database, ReportProperties properties, BuiltInQueues queues) {
        this.queues = queues;
        this.database = database;
        this.properties = properties;
    }

    /**
     * Reads page by page, so that no statement takes long. Stops when there are more lines than a report may have.
     *
     * @param to exclusive
     */
    Mono<Csv> read(TenantId tenant, ReportKind kind, Instant from, Instant to) {
        return page(tenant, kind, from, to, new PageCursor(from, BEFORE_ALL))
                .expand(page -> page.size() < PAGE
                        ? Mono.empty()
                        : page(tenant, kind, from, to, page.getLast().position()))
                .flatMapIterable(page -> page)
                .take(MOST_LINES + 1)
                .collect(() -> new Csv(kind.columns()), (csv, line) -> csv.line(line.cells()));
    }

    private Mono<List<Line>> page(TenantId tenant, ReportKind kind, Instant from, Instant to, PageCursor after) {
        var sql = database.sql(kind.sql());
        if (kind == ReportKind.DELIVERIES) {
            sql = sql.bind("queues", queues.names(BuiltInQueue::isDelivery));
        }
        return sql.bind("tenant", tenant.value())
                .bind("begins", from)
                .bind("ends", to)
                .bind("time", after.time())
                .bind("after", after.id())
                .bind("limit", PAGE)
                .map(row -> new Line(
                        cells(kind, row),
                        new PageCursor(
                                required(row, "page_time", Instant.class), required(row, "page_id", UUID.class))))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    private static List<@Nullable String> cells(ReportKind kind, Readable row) {
        var cells = new ArrayList<@Nullable String>();
        kind.columns().forEach(column -> cells.add(row.get(column, String.class)));
        return cells;
    }

    Mono<Void> keep(UUID id, TenantId tenant, ReportOrder order, Csv csv) {
        return database.sql(KEEP)
                .bind("id", id)
                .bind("tenant", tenant.value())
                .bind("kind", order.kind())
                .bind("begins", order.from())
                .bind("ends", order.to())
                .bind("lines", csv.lines())
                .bind("csv", csv.toString())
                .bind("retention", retention())
                .then()
                .timeout(TIMEOUT);
    }

    /** Newest first. */
    Mono<Page<Report>> find(TenantId tenant, int limit, @Nullable PageCursor after) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("retention", retention())
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()))
                .bind("limit", limit + 1)
                .map(row -> new Report(
                        required(row, "id", UUID.class),
                        required(row, "kind", String.class),
                        required(row, "begins", Instant.class),
                        required(row, "ends", Instant.class),
                        required(row, "lines", Integer.class),
                        required(row, "made_at", Instant.class)))
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, report -> new PageCursor(report.madeAt(), report.id())));
    }

    Mono<String> csv(TenantId tenant, UUID id) {
        return database.sql(CSV)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("retention", retention())
                .map(row -> required(row, "csv", String.class))
                .one()
                .timeout(TIMEOUT);
    }

    private double retention() {
        return properties.retention().toSeconds();
    }
}
