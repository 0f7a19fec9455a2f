package dev.frontdesk.kit.idempotency;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.Rows;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The table of idempotency keys. All times are the database's. To store a response or release a key, the holder must
 * name the fence of its hold.
 */
final class IdempotencyRecords {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Takes hold of a key that is new, has expired, or whose holder exceeded its time; otherwise returns the existing
     * row. Returns nothing if another request takes hold of the key at the same moment. Each request deletes up to five
     * other expired keys, more than it adds.
     */
    private static final String HOLD = """
            WITH cleared AS (
                DELETE FROM idempotency_keys WHERE (tenant, key_hash) IN (
                    SELECT tenant, key_hash FROM idempotency_keys
                    WHERE expires_at < now() AND (tenant, key_hash) <> (:tenant, :key)
                    ORDER BY expires_at LIMIT 5 FOR UPDATE SKIP LOCKED)),
            held AS (
                INSERT INTO idempotency_keys AS k (tenant, key_hash, fingerprint, effect_id, held_until, expires_at)
                VALUES (:tenant, :key, :fingerprint, :effect, now() + make_interval(secs => :hold),
                        now() + make_interval(secs => :keep))
                ON CONFLICT (tenant, key_hash) DO UPDATE SET
                    effect_id = CASE WHEN k.expires_at < now() THEN excluded.effect_id ELSE k.effect_id END,
                    fingerprint = excluded.fingerprint,
                    fence = k.fence + 1,
                    held_until = excluded.held_until,
                    expires_at = excluded.expires_at,
                    status = NULL, location = NULL, answer = NULL
                WHERE k.expires_at < now()
                   OR (k.held_until < now() AND k.fingerprint = excluded.fingerprint)
                RETURNING effect_id, fence)
            SELECT true AS mine, true AS same, effect_id, fence, NULL::smallint AS status, NULL::text AS location,
                   NULL::text AS answer
            FROM held
            UNION ALL
            SELECT false, fingerprint = :fingerprint, effect_id, fence, status, location, answer
            FROM idempotency_keys WHERE tenant = :tenant AND key_hash = :key AND NOT EXISTS (SELECT 1 FROM held)
            """;

    private static final String KEEP = """
            UPDATE idempotency_keys
            SET status = :status, location = :location, answer = :answer, held_until = NULL
            WHERE tenant = :tenant AND key_hash = :key AND fence = :fence AND held_until IS NOT NULL
            """;

    /** Releases the key; the next request continues with the same effect. */
    private static final String LET_GO = """
            UPDATE idempotency_keys SET held_until = now() - interval '1 second'
            WHERE tenant = :tenant AND key_hash = :key AND fence = :fence AND held_until IS NOT NULL
            """;

    /** Only the first holder can be sure that nothing was done under the key. */
    private static final String FORGET = """
            DELETE FROM idempotency_keys
            WHERE tenant = :tenant AND key_hash = :key AND fence = 1 AND :fence = 1 AND held_until IS NOT NULL
            """;

    /**
     * @param mine whether the caller has the hold and must do the work
     * @param same whether the key was used for the same request
     * @param answered null if there is no response yet
     */
    record Found(
            boolean mine,
            boolean same,
            UUID effect,
            long fence,
            @Nullable Answered answered) {}

    /** @param body JSON */
    record Answered(HttpStatus status, @Nullable URI location, String body) {}

    /** A client's key within its tenant. */
    record Key(TenantId tenant, String hash) {}

    private final DatabaseClient database;

    IdempotencyRecords(DatabaseClient database) {
        this.database = database;
    }

    Mono<Found> hold(Key key, String fingerprint, Duration hold, Duration keep) {
        return database.sql(HOLD)
                .bind("tenant", key.tenant().value())
                .bind("key", key.hash())
                .bind("fingerprint", fingerprint)
                .bind("effect", UUID.randomUUID())
                .bind("hold", seconds(hold))
                .bind("keep", seconds(keep))
                .map(IdempotencyRecords::found)
                .one()
                .timeout(TIMEOUT);
    }

    Mono<Void> keep(Key key, long fence, Answered answer) {
        var statement = database.sql(KEEP)
                .bind("tenant", key.tenant().value())
                .bind("key", key.hash())
                .bind("fence", fence)
                .bind("status", (short) answer.status().value())
                .bind("answer", answer.body());
        var location = answer.location();
        return (location == null
                        ? statement.bindNull("location", String.class)
                        : statement.bind("location", location.toString()))
                .then()
                .timeout(TIMEOUT);
    }

    Mono<Void> letGo(Key key, long fence) {
        return end(LET_GO, key, fence);
    }

    Mono<Void> forget(Key key, long fence) {
        return end(FORGET, key, fence).then(letGo(key, fence));
    }

    private Mono<Void> end(String sql, Key key, long fence) {
        return database.sql(sql)
                .bind("tenant", key.tenant().value())
                .bind("key", key.hash())
                .bind("fence", fence)
                .then()
                .timeout(TIMEOUT);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Found found(Readable row) {
        Short status = row.get("status", Short.class);
        String location = row.get("location", String.class);
        return new Found(
                Rows.required(row, "mine", Boolean.class),
                Rows.required(row, "same", Boolean.class),
                Rows.required(row, "effect_id", UUID.class),
                Rows.required(row, "fence", Long.class),
                status == null
                        ? null
                        : new Answered(
                                HttpStatus.valueOf(status),
                                location == null ? null : URI.create(location),
                                Rows.required(row, "answer", String.class)));
    }
}
