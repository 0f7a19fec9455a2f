package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.notification.outbound.OutboundResponse;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The log of all attempts, each with its request and response. */
@Repository
class DeliveryLog {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String ADD = """
        INSERT INTO webhook_attempts (tenant, endpoint_id, event_id, event_type, job_id, attempt, url,
                                      request_headers, started_at,
                                      took_ms, succeeded, failure, status, content_type, answer, answer_whole)
        VALUES (:tenant, :endpoint, :event, :type, :job, :attempt, :url, CAST(:headers AS jsonb), :startedAt,
                :took, :succeeded, :failure, :status, :contentType, :answer, :whole)
        """;

    private static final String PAGE = """
        SELECT * FROM webhook_attempts
        WHERE tenant = :tenant AND endpoint_id = :endpoint
          AND (CAST(:event AS uuid) IS NULL OR event_id = :event)
          AND (CAST(:succeeded AS boolean) IS NULL OR succeeded = :succeeded)
          AND (CAST(:time AS timestamptz) IS NULL OR (started_at, id) < (:time, :after))
        ORDER BY started_at DESC, id DESC LIMIT :limit
        """;

    private static final String FIND = """
        SELECT a.*, CAST(a.request_headers AS text) AS headers, v.body FROM webhook_attempts a
        LEFT JOIN webhook_events v ON v.tenant = a.tenant AND v.id = a.event_id
        WHERE a.tenant = :tenant AND a.endpoint_id = :endpoint AND a.id = :id
        """;

    /** A line of the log. */
    record Line(
            UUID id,
            String eventId,
            String eventType,
            UUID jobId,
            int attempt,
            Instant startedAt,
            int tookMs,
            boolean succeeded,
            @Nullable String failure,
            @Nullable Integer httpStatus) {}

    /**
     * @param headers by lower-case name
     * @param body as it was signed; null when it is no longer stored
     */
    record Request(
            String url,
            String webhookId,
            Map<String, String> headers,
            @Nullable String body) {}

    /** @param whole whether {@code body} is the complete body of the response */
    record Answer(int httpStatus, @Nullable String contentType, String body, boolean whole) {}

    /** @param answer null when no response came */
    record Detail(
            @JsonUnwrapped Line line,
            Request request,
            @Nullable Answer answer) {}

    /** A null component matches every attempt. */
    record Filter(@Nullable UUID event, @Nullable Boolean succeeded) {}

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    DeliveryLog(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Mono<Void> add(Attempt attempt) {
        var delivery = attempt.delivery();
        OutboundResponse answer = attempt.answer();
        return database.sql(ADD)
                .bind("tenant", delivery.tenant().value())
                .bind("endpoint", delivery.endpointId())
                .bind("event", delivery.eventId())
                .bind("type", String.valueOf(delivery.type()))
                .bind("job", attempt.jobId())
                .bind("attempt", attempt.number())
                .bind("url", delivery.url())
                .bind("headers", json.writeValueAsString(attempt.headers()))
                .bind("startedAt", attempt.startedAt())
                .bind("took", (int) attempt.took().toMillis())
                .bind("succeeded", attempt.succeeded())
                .bind("failure", text(attempt.failure()))
                .bind("status", Parameters.in(R2dbcType.INTEGER, answer == null ? null : answer.status()))
                .bind("contentType", text(answer == null ? null : answer.contentType()))
                .bind("answer", text(answer == null ? null : answer.body()))
                .bind("whole", Parameters.in(R2dbcType.BOOLEAN, answer == null ? null : answer.whole()))
                .then()
                .timeout(TIMEOUT);
    }

    /** Newest first. */
    Mono<Page<Line>> page(TenantId tenant, UUID endpoint, Filter filter, int limit, @Nullable PageCursor after) {
        return database.sql(PAGE)
                .bind("tenant", tenant.value())
                .bind("endpoint", endpoint)
                .bind("event", filter.event() == null ? Parameters.in(UUID.class) : Parameters.in(filter.event()))
                .bind("succeeded", Parameters.in(R2dbcType.BOOLEAN, filter.succeeded()))
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()))
                .bind("limit", limit + 1)
                .map(DeliveryLog::line)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, line -> new PageCursor(line.startedAt(), line.id())));
    }

    Mono<Detail> find(TenantId tenant, UUID endpoint, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("endpoint", endpoint)
                .bind("id", id)
                .map(this::detail)
                .one()
                .timeout(TIMEOUT);
    }

    private static Line line(Readable row) {
        return new Line(
                required(row, "id", UUID.class),
                WebhookEvent.publicId(required(row, "event_id", UUID.class)),
                required(row, "event_type", String.class),
                required(row, "job_id", UUID.class),
                required(row, "attempt", Integer.class),
                required(row, "started_at", Instant.class),
                required(row, "took_ms", Integer.class),
                required(row, "succeeded", Boolean.class),
                row.get("failure", String.class),
                row.get("status", Integer.class));
    }

    private Detail detail(Readable row) {
        Line line = line(row);
        var request = new Request(
                required(row, "url", String.class),
                line.eventId(),
                json.readValue(required(row, "headers", String.class), HEADERS),
                row.get("body", String.class));
        Integer status = line.httpStatus();
        return new Detail(
                line,
                request,
                status == null
                        ? null
                        : new Answer(
                                status,
                                row.get("content_type", String.class),
                                required(row, "answer", String.class),
                                required(row, "answer_whole", Boolean.class)));
    }

    private static io.r2dbc.spi.Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }
}
