package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
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

    private final DatabaseClient database;
    private final SigningSecrets secrets;

    PushSecrets(DatabaseClient database, SigningSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    String seal(SigningSecret secret, TenantId tenant, QueueName queue) {
        return secrets.seal(secret, owner(tenant, queue));
    }

    /**
     * Opens the sealed secrets, the newest first.
     *
     * @param before null if there is no previous secret any more
     */
    public List<SigningSecret> open(TenantId tenant, QueueName queue, String sealed, @Nullable String before) {
        var newest = secrets.open(sealed, owner(tenant, queue));
        return before == null ? List.of(newest) : List.of(newest, secrets.open(before, owner(tenant, queue)));
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

    /** What the secrets of a queue are sealed for. */
    static String owner(TenantId tenant, QueueName queue) {
        return "push-secret:" + tenant.value() + ":" + queue.value();
    }
}
