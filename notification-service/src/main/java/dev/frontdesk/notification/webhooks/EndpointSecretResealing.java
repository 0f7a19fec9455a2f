package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.secrets.SecretResealing;
import io.r2dbc.spi.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Seals the secrets of endpoints again when the key is changed. */
@Component
class EndpointSecretResealing extends SecretResealing<UUID> {

    /** The timeout of one statement; the server cancels it after that time, too. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int PAGE = 2_000;

    private static final String SECRETS = """
            SELECT id, secret, former_secret FROM webhook_endpoints
            WHERE CAST(:after AS uuid) IS NULL OR id > :after ORDER BY id LIMIT :page
            """;

    /** Does nothing if the secret was replaced in the meantime. */
    private static final String RESEAL = """
            UPDATE webhook_endpoints
            SET secret = CASE WHEN secret = :old THEN :new ELSE secret END,
                former_secret = CASE WHEN former_secret = :old THEN :new ELSE former_secret END
            WHERE id = :id AND (secret = :old OR former_secret = :old)
            """;

    private final DatabaseClient database;

    EndpointSecretResealing(DatabaseClient database, SealedSecrets secrets) {
        super("endpoint secret", secrets);
        this.database = database;
    }

    @Override
    protected Mono<List<Row<UUID>>> page(@Nullable UUID after) {
        return database.sql(SECRETS)
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after))
                .bind("page", PAGE)
                .map(row -> {
                    UUID id = required(row, "id", UUID.class);
                    return Row.of(
                            id,
                            WebhookEndpoint.secretOwner(id),
                            required(row, "secret", String.class),
                            row.get("former_secret", String.class));
                })
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    @Override
    protected Mono<Void> replace(UUID id, String old, String resealed) {
        return database.sql(RESEAL)
                .bind("id", id)
                .bind("old", old)
                .bind("new", resealed)
                .then()
                .timeout(TIMEOUT);
    }
}
