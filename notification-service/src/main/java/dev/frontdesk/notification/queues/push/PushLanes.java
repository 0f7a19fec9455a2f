package dev.frontdesk.notification.queues.push;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.queues.QueueName;
import dev.frontdesk.notification.queues.Queues;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Finds queues with jobs to push. */
@Repository
class PushLanes {

    private static final int MOST = 1_000;

    /** In random order, so that no queue is always last. */
    private static final String WAITING = """
            SELECT q.tenant, q.name, q.push_url, q.push_legacy_signature, q.push_secret,
                   CASE WHEN q.push_secret_changed_at > now() - interval '24 hours' THEN q.push_secret_before END
                       AS push_secret_before
            FROM queues q
            WHERE q.worked = 'push' AND NOT q.paused AND q.push_url IS NOT NULL AND q.push_secret IS NOT NULL
              AND EXISTS (SELECT 1 FROM jobs j
                          WHERE j.queue = q.name AND j.tenant = q.tenant AND j.state = 'waiting' AND j.due_at <= now()
                            AND (j.expires_at IS NULL OR j.expires_at > now())
                          UNION ALL
                          SELECT 1 FROM jobs j
                          WHERE j.queue = q.name AND j.tenant = q.tenant AND j.state = 'delayed'
                            AND j.due_at <= now() AND j.due_at > now() - interval '5 seconds'
                            AND (j.expires_at IS NULL OR j.expires_at > now()))
            ORDER BY random() LIMIT %d
            """.formatted(MOST);

    private final DatabaseClient database;

    PushLanes(DatabaseClient database) {
        this.database = database;
    }

    Mono<List<PushLane>> waiting() {
        return database.sql(WAITING).map(PushLanes::lane).all().collectList().timeout(Queues.TIMEOUT);
    }

    private static PushLane lane(Readable row) {
        return new PushLane(
                new TenantId(required(row, "tenant", String.class)),
                new QueueName(required(row, "name", String.class)),
                required(row, "push_url", String.class),
                required(row, "push_legacy_signature", Boolean.class),
                required(row, "push_secret", String.class),
                row.get("push_secret_before", String.class));
    }
}
