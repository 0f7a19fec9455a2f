package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.kit.secrets.SecretResealing;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Seals the secrets of pushed queues again when the key is changed. */
@Component
class PushSecretResealing extends SecretResealing<PushSecretResealing.Place> {

    private static final int PAGE = 2_000;

    private static final String SECRETS = """
            SELECT tenant, name, push_secret, push_secret_before FROM queues
            WHERE push_secret IS NOT NULL AND (tenant, name) > (:tenant, :name) ORDER BY tenant, name LIMIT :page
            """;

    /** Does nothing if the secret was replaced in the meantime. */
    private static final String RESEAL = """
            UPDATE queues
            SET push_secret = CASE WHEN push_secret = :old THEN :new ELSE push_secret END,
                push_secret_before = CASE WHEN push_secret_before = :old THEN :new ELSE push_secret_before END
            WHERE tenant = :tenant AND name = :name AND (push_secret = :old OR push_secret_before = :old)
            """;

    /** A queue of a tenant. */
    record Place(String tenant, String name) {}

    private final DatabaseClient database;

    PushSecretResealing(DatabaseClient database, SealedSecrets secrets) {
        super("push secret", secrets);
        this.database = database;
    }

    @Override
    protected Mono<List<Row<Place>>> page(@Nullable Place after) {
        return database.sql(SECRETS)
                .bind("tenant", after == null ? "" : after.tenant())
                .bind("name", after == null ? "" : after.name())
                .bind("page", PAGE)
                .map(PushSecretResealing::read)
                .all()
                .collectList()
                .timeout(Queues.TIMEOUT);
    }

    private static Row<Place> read(Readable row) {
        var tenant = new TenantId(required(row, "tenant", String.class));
        var name = new QueueName(required(row, "name", String.class));
        return Row.of(
                new Place(tenant.value(), name.value()),
                PushSecrets.owner(tenant, name),
                required(row, "push_secret", String.class),
                row.get("push_secret_before", String.class));
    }

    @Override
    protected Mono<Void> replace(Place queue, String old, String resealed) {
        return database.sql(RESEAL)
                .bind("tenant", queue.tenant())
                .bind("name", queue.name())
                .bind("old", old)
                .bind("new", resealed)
                .then()
                .timeout(Queues.TIMEOUT);
    }
}
