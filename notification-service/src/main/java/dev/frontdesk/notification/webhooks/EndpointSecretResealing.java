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
 * Seals secrets again with the current key where another key sealed them: an endpoint's secret outlives the key, and
 * could not be opened once that key is removed.
 */
@Component
class EndpointSecretResealing extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** The timeout of one statement; the server cancels it after that time, too. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int BATCH = 2_000;
    private static final int RESEALED_AT_ONCE = 4;

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

    EndpointSecretResealing(DatabaseClient database, EndpointSecrets secrets) {
        super("resealing of endpoint secrets");
        this.database = database;
        this.secrets = secrets;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(run()).onErrorResume(this::reported), 1);
    }

    Mono<Void> run() {
        return sealed(null)
                .expand(page -> page.isEmpty() || page.size() < BATCH
                        ? Mono.empty()
                        : sealed(page.getLast().id()))
                .concatMap(page -> Flux.fromIterable(page).flatMap(this::reseal, RESEALED_AT_ONCE))
                .then()
                .doOnSuccess(_ -> recovered());
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
