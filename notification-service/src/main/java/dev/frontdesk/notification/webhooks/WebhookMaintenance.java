package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.r2dbc.spi.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes expired attempts, events and former secrets. Seals secrets again with the current key where another key
 * sealed them: an endpoint's secret outlives the key, and could not be opened once that key is removed.
 */
@Component
class WebhookMaintenance extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);
    /** The timeout of one batch; the server cancels a statement after that time, too. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int BATCH = 2_000;
    private static final int RESEALED_AT_ONCE = 4;

    private static final String CLEAR_ATTEMPTS = """
            DELETE FROM webhook_attempts WHERE id = ANY(ARRAY(
                SELECT id FROM webhook_attempts WHERE started_at < now() - :keepFor * interval '1 second'
                ORDER BY started_at LIMIT %d FOR UPDATE SKIP LOCKED))
            """.formatted(BATCH);

    private static final String CLEAR_EVENTS = """
            DELETE FROM webhook_events WHERE (tenant, id) IN (
                SELECT tenant, id FROM webhook_events WHERE created_at < now() - :keepFor * interval '1 second'
                ORDER BY created_at LIMIT %d FOR UPDATE SKIP LOCKED)
            """.formatted(BATCH);

    private static final String CLEAR_SECRETS = """
            UPDATE webhook_endpoints SET former_secret = NULL, former_until = NULL WHERE id = ANY(ARRAY(
                SELECT id FROM webhook_endpoints WHERE former_until <= now() LIMIT %d FOR UPDATE SKIP LOCKED))
            """.formatted(BATCH);

    private static final String SECRETS = """
            SELECT id, secret, former_secret FROM webhook_endpoints
            WHERE CAST(:after AS uuid) IS NULL OR id > :after ORDER BY id LIMIT %d
            """.formatted(BATCH);

    /** Does nothing if the secret was replaced in the meantime. */
    private static final String RESEAL = """
            UPDATE webhook_endpoints
            SET secret = CASE WHEN secret = :old THEN :new ELSE secret END,
                former_secret = CASE WHEN former_secret = :old THEN :new ELSE former_secret END
            WHERE id = :id AND (secret = :old OR former_secret = :old)
            """;

    private record Sealed(UUID id, String secret, @Nullable String former) {}

    private final DatabaseClient database;
    private final EndpointSecrets secrets;
    private final WebhookProperties properties;

    WebhookMaintenance(DatabaseClient database, EndpointSecrets secrets, WebhookProperties properties) {
        super("webhook maintenance");
        this.database = database;
        this.secrets = secrets;
        this.properties = properties;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(run()).onErrorResume(this::reported), 1);
    }

    Mono<Void> run() {
        return batches(kept(CLEAR_ATTEMPTS))
                .then(batches(kept(CLEAR_EVENTS)))
                .then(batches(database.sql(CLEAR_SECRETS)))
                .then(sealed(null)
                        .expand(page -> page.isEmpty() || page.size() < BATCH
                                ? Mono.empty()
                                : sealed(page.getLast().id()))
                        .concatMap(page -> Flux.fromIterable(page).flatMap(this::reseal, RESEALED_AT_ONCE))
                        .then())
                .doOnSuccess(_ -> recovered());
    }

    private DatabaseClient.GenericExecuteSpec kept(String sql) {
        return database.sql(sql).bind("keepFor", properties.keepFor().toSeconds());
    }

    /** Repeats until a batch is not full. */
    private static Mono<Void> batches(DatabaseClient.GenericExecuteSpec sql) {
        return sql.fetch()
                .rowsUpdated()
                .timeout(TIMEOUT)
                .repeat()
                .takeWhile(cleared -> cleared >= BATCH)
                .then();
    }

    private Mono<List<Sealed>> sealed(@Nullable UUID after) {
        return database.sql(SECRETS)
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after))
                .map(row -> new Sealed(
                        required(row, "id", UUID.class),
                        required(row, "secret", String.class),
                        row.get("former_secret", String.class)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    private Mono<Void> reseal(Sealed sealed) {
        return reseal(sealed.id(), sealed.secret())
                .then(sealed.former() == null ? Mono.empty() : reseal(sealed.id(), sealed.former()));
    }

    private Mono<Void> reseal(UUID id, String old) {
        return Mono.justOrEmpty(secrets.resealed(old, id))
                .flatMap(anew -> database.sql(RESEAL)
                        .bind("id", id)
                        .bind("old", old)
                        .bind("new", anew)
                        .then()
                        .timeout(TIMEOUT));
    }
}
