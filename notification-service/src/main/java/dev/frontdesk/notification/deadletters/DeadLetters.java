package dev.frontdesk.notification.deadletters;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.DeadLetter;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of dead letters. Group, topic, partition and offset identify one, so that a redelivered letter is stored
 * once.
 */
@Repository
class DeadLetters {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Each insert also deletes up to five letters that are too old. */
    private static final String ADD = """
            WITH cleared AS (
                DELETE FROM dead_letters WHERE id IN (
                    SELECT id FROM dead_letters
                    WHERE parked_at < now() - make_interval(secs => :retention)
                    ORDER BY parked_at LIMIT 5 FOR UPDATE SKIP LOCKED))
            INSERT INTO dead_letters (group_name, topic, partition, "offset", record_key, event_id, event_type, tenant,
                                      reason, detail, size, headers, data, parked_at)
            SELECT :group, :topic, :partition, :offset, :key, :eventId, :eventType, :tenant,
                   :reason, :detail, :size, CAST(:headers AS jsonb), :data, :parkedAt
            WHERE :parkedAt > now() - make_interval(secs => :retention)
            ON CONFLICT (group_name, topic, partition, "offset") DO NOTHING
            """;

    private static final String COLUMNS = """
            id, group_name, topic, partition, "offset", event_id, event_type, tenant, reason, detail, size, parked_at,
            replays, replayed_at""";

    private static final String FIND = "SELECT " + COLUMNS + """
             FROM dead_letters
            WHERE (:tenant IS NULL OR tenant = :tenant)
              AND (:group IS NULL OR group_name = :group)
              AND (:replayed IS NULL OR (replayed_at IS NOT NULL) = :replayed)
              AND (:time IS NULL OR (parked_at, id) < (:time, :after))
            ORDER BY parked_at DESC, id DESC LIMIT :limit
            """;

    private static final String ONE = "SELECT " + COLUMNS + """
            , record_key, CAST(headers AS text) AS headers, data FROM dead_letters
            WHERE id = :id AND (:tenant IS NULL OR tenant = :tenant)
            """;

    private static final String TRIED = """
            UPDATE dead_letters
            SET replays = replays + 1,
                replayed_at = CASE WHEN :done THEN coalesce(replayed_at, now()) ELSE replayed_at END
            WHERE id = :id
            """;

    private final DatabaseClient database;
    private final DeadLetterProperties properties;
    private final JsonMapper json;

    DeadLetters(DatabaseClient database, DeadLetterProperties properties, JsonMapper json) {
        this.database = database;
        this.properties = properties;
        this.json = json;
    }

    /** @param group null for all groups; the same for the other field */
    record Filter(@Nullable String group, @Nullable Boolean replayed) {}

    Mono<Void> add(DeadLetter letter) {
        var headers = new LinkedHashMap<String, String>();
        letter.headers().forEach((name, value) -> headers.put(storable(name), storable(value)));
        return database.sql(ADD)
                .bind("retention", (double) properties.retention().toSeconds())
                .bind("group", letter.group())
                .bind("topic", letter.topic())
                .bind("partition", letter.partition())
                .bind("offset", letter.offset())
                .bind("key", text(letter.key()))
                .bind("eventId", text(letter.headers().get("ce_id")))
                .bind("eventType", text(letter.headers().get("ce_type")))
                .bind("tenant", text(tenantOf(letter)))
                .bind("reason", storable(letter.reason()))
                .bind("detail", text(letter.detail()))
                .bind("size", letter.size())
                .bind("headers", json.writeValueAsString(headers))
                .bind("data", Parameters.in(R2dbcType.VARBINARY, letter.data()))
                .bind("parkedAt", letter.parkedAt())
                .then()
                .timeout(TIMEOUT);
    }

    /** @param tenant null for the letters of all tenants and those without one */
    Mono<Page<StoredDeadLetter>> find(@Nullable TenantId tenant, Filter filter, int limit, @Nullable PageCursor after) {
        return database.sql(FIND)
                .bind("tenant", text(tenant == null ? null : tenant.value()))
                .bind("group", text(filter.group()))
                .bind("replayed", Parameters.in(R2dbcType.BOOLEAN, filter.replayed()))
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()))
                .bind("limit", limit + 1)
                .map(DeadLetters::letter)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, letter -> new PageCursor(letter.parkedAt(), letter.id())));
    }

    Mono<StoredDeadLetter.Whole> one(@Nullable TenantId tenant, UUID id) {
        return database.sql(ONE)
                .bind("tenant", text(tenant == null ? null : tenant.value()))
                .bind("id", id)
                .map(this::whole)
                .one()
                .timeout(TIMEOUT);
    }

    /** @param done whether the replay succeeded and its effect is durable */
    Mono<Void> tried(UUID id, boolean done) {
        return database.sql(TRIED).bind("id", id).bind("done", done).then().timeout(TIMEOUT);
    }

    private static @Nullable String tenantOf(DeadLetter letter) {
        String claimed = letter.headers().get("ce_tenant");
        return claimed != null && TenantId.isValid(claimed) ? claimed : null;
    }

    /** PostgreSQL text cannot contain NUL, but invalid records may. */
    private static String storable(String text) {
        return text.replace("\0", "");
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value == null ? null : storable(value));
    }

    private static StoredDeadLetter letter(Readable row) {
        return new StoredDeadLetter(
                required(row, "id", UUID.class),
                required(row, "group_name", String.class),
                required(row, "topic", String.class),
                required(row, "partition", Integer.class),
                required(row, "offset", Long.class),
                row.get("event_id", String.class),
                row.get("event_type", String.class),
                row.get("tenant", String.class),
                required(row, "reason", String.class),
                row.get("detail", String.class),
                required(row, "size", Long.class),
                required(row, "parked_at", Instant.class),
                required(row, "replays", Integer.class),
                row.get("replayed_at", Instant.class));
    }

    private StoredDeadLetter.Whole whole(Readable row) {
        return new StoredDeadLetter.Whole(
                letter(row),
                row.get("record_key", String.class),
                json.readValue(required(row, "headers", String.class), new TypeReference<Map<String, String>>() {}),
                row.get("data", ByteBuffer.class));
    }
}
