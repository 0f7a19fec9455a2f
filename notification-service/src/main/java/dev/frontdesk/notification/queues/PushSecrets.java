package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSecrets;
import dev.frontdesk.notification.outbound.SigningSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signing secrets for pushed jobs. The table stores them sealed, each for its own queue only. */
@Component
public class PushSecrets {

    /** The previous secret also signs for one more day. */
    private static final String ROTATE = """
            UPDATE queues
            SET push_secret_before = push_secret, push_secret = :secret, push_secret_changed_at = now()
            WHERE tenant = :tenant AND name = :name AND worked = 'push'
            """;

    private static final String SEALED = """
            SELECT tenant, name, push_secret AS sealed FROM queues WHERE push_secret IS NOT NULL
            UNION ALL
            SELECT tenant, name, push_secret_before FROM queues WHERE push_secret_before IS NOT NULL
            """;

    /** Does nothing if the secret was replaced in the meantime. */
    private static final String RESEAL = """
            UPDATE queues
            SET push_secret = CASE WHEN push_secret = :old THEN :anew ELSE push_secret END,
                push_secret_before = CASE WHEN push_secret_before = :old THEN :anew ELSE push_secret_before END
            WHERE tenant = :tenant AND name = :name AND (push_secret = :old OR push_secret_before = :old)
            """;

    private record Sealed(TenantId tenant, QueueName queue, String text) {}

    private final DatabaseClient database;
    private final EventSecrets seals;

    PushSecrets(DatabaseClient database, EventSecrets seals) {
        this.database = database;
        this.seals = seals;
    }

    String seal(SigningSecret secret, TenantId tenant, QueueName queue) {
        return seals.seal(secret.text(), purpose(tenant, queue));
    }

    /**
     * Opens the sealed secrets, the newest first.
     *
     * @param before null if there is no previous secret any more
     */
    public List<SigningSecret> open(TenantId tenant, QueueName queue, String sealed, @Nullable String before) {
        var newest = new SigningSecret(seals.open(sealed, purpose(tenant, queue)));
        return before == null
                ? List.of(newest)
                : List.of(newest, new SigningSecret(seals.open(before, purpose(tenant, queue))));
    }

    /** @return the new secret; empty if the queue is not worked by push */
    Mono<SigningSecret> rotate(TenantId tenant, QueueName queue) {
        var secret = SigningSecret.random();
        return database.sql(ROTATE)
                .bind("tenant", tenant.value())
                .bind("name", queue.value())
                .bind("secret", seal(secret, tenant, queue))
                .fetch()
                .rowsUpdated()
                .timeout(Queues.TIMEOUT)
                .filter(rows -> rows == 1)
                .map(_ -> secret);
    }

    /** Seals stored secrets with the current key, because they live longer than a sealing key. */
    public Mono<Void> reseal() {
        return database.sql(SEALED)
                .map(row -> new Sealed(
                        new TenantId(required(row, "tenant", String.class)),
                        new QueueName(required(row, "name", String.class)),
                        required(row, "sealed", String.class)))
                .all()
                .timeout(Queues.TIMEOUT)
                .concatMap(this::reseal)
                .then();
    }

    private Mono<Void> reseal(Sealed sealed) {
        return Mono.justOrEmpty(seals.resealed(sealed.text(), purpose(sealed.tenant(), sealed.queue())))
                .flatMap(anew -> database.sql(RESEAL)
                        .bind("tenant", sealed.tenant().value())
                        .bind("name", sealed.queue().value())
                        .bind("old", sealed.text())
                        .bind("anew", anew)
                        .then()
                        .timeout(Queues.TIMEOUT));
    }

    private static String purpose(TenantId tenant, QueueName queue) {
        return "push-secret:" + tenant.value() + ":" + queue.value();
    }
}
