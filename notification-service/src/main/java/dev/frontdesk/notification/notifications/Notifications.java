package dev.frontdesk.notification.notifications;

import dev.frontdesk.notification.templates.TitledText;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Stores the notifications of all accounts. Every stored notification has been delivered or will be. */
@Repository
public class Notifications {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Takes the next number and inserts in one statement. The recipient's row stays locked until the commit, so numbers
     * become visible in order. If two instances add the same event concurrently, the second one fails on the event's
     * id, and its number is rolled back.
     */
    private static final String ADD = """
            WITH numbered AS (
                INSERT INTO recipients (tenant, account_id, last_seq)
                SELECT :tenant, :account, 1
                WHERE NOT EXISTS (SELECT 1 FROM notifications WHERE event_id = :event)
                ON CONFLICT (tenant, account_id) DO UPDATE SET last_seq = recipients.last_seq + 1
                RETURNING last_seq)
            INSERT INTO notifications (tenant, account_id, seq, event_id, kind, title, body, data)
            SELECT :tenant, :account, last_seq, :event, :kind, :title, :body, CAST(:data AS jsonb) FROM numbered
            RETURNING seq, id, kind, title, body, CAST(data AS text) AS data, created_at
            """;

    private static final String OF_EVENT =
            "SELECT seq, id, kind, title, body, CAST(data AS text) AS data, created_at FROM notifications WHERE event_id = :event";

    private static final String AFTER = """
            SELECT seq, id, kind, title, body, CAST(data AS text) AS data, created_at FROM notifications
            WHERE tenant = :tenant AND account_id = :account AND seq > :seq
            ORDER BY seq LIMIT :limit
            """;

    private static final String LAST =
            "SELECT last_seq FROM recipients WHERE tenant = :tenant AND account_id = :account";

    private static final String FORGET = """
            WITH gone AS (DELETE FROM notifications WHERE tenant = :tenant AND account_id = :account)
            DELETE FROM recipients WHERE tenant = :tenant AND account_id = :account
            """;

    private static final TypeReference<Map<String, String>> DATA = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    Notifications(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** @return the notification of that event, even if it was added before */
    Mono<Notification> add(Recipient recipient, UUID eventId, String kind, TitledText text, Map<String, String> data) {
        return database.sql(ADD)
                .bind("tenant", recipient.tenant().value())
                .bind("account", recipient.accountId())
                .bind("event", eventId)
                .bind("kind", kind)
                .bind("title", text.heading())
                .bind("body", text.body())
                .bind("data", json.writeValueAsString(data))
                .map(this::notification)
                .one()
                .onErrorResume(DuplicateKeyException.class, _ -> Mono.empty())
                .switchIfEmpty(Mono.defer(() -> ofEvent(eventId)))
                .timeout(TIMEOUT);
    }

    private Mono<Notification> ofEvent(UUID eventId) {
        return database.sql(OF_EVENT)
                .bind("event", eventId)
                .map(this::notification)
                .one();
    }

    /** The oldest ones after a number, in order. */
    public Mono<List<Notification>> after(Recipient recipient, long seq, int limit) {
        return database.sql(AFTER)
                .bind("tenant", recipient.tenant().value())
                .bind("account", recipient.accountId())
                .bind("seq", seq)
                .bind("limit", limit)
                .map(this::notification)
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /** The number of the newest one; 0 when there is none. */
    public Mono<Long> last(Recipient recipient) {
        return database.sql(LAST)
                .bind("tenant", recipient.tenant().value())
                .bind("account", recipient.accountId())
                .map(row -> column(row, "last_seq", Long.class))
                .one()
                .defaultIfEmpty(0L)
                .timeout(TIMEOUT);
    }

    /** Deletes all notifications of a deleted account. */
    Mono<Void> forget(Recipient recipient) {
        return database.sql(FORGET)
                .bind("tenant", recipient.tenant().value())
                .bind("account", recipient.accountId())
                .then()
                .timeout(TIMEOUT);
    }

    private Notification notification(Readable row) {
        return new Notification(
                column(row, "seq", Long.class),
                column(row, "id", UUID.class),
                column(row, "kind", String.class),
                column(row, "title", String.class),
                column(row, "body", String.class),
                json.readValue(column(row, "data", String.class), DATA),
                column(row, "created_at", Instant.class));
    }

    private static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }
}
