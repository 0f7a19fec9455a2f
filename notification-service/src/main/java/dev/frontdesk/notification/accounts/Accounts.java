package dev.frontdesk.notification.accounts;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * The directory of accounts. Each change is one statement that may run twice or late: later facts are not overwritten,
 * and a deleted account stays deleted.
 */
@Repository
public class Accounts {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String KNOW = """
            INSERT INTO accounts AS a (tenant, id, email, first_name, locale, created_at, profile_as_of)
            VALUES (:tenant, :id, :email, :firstName, :locale, :createdAt, :asOf)
            ON CONFLICT (tenant, id) DO UPDATE SET
                email = CASE WHEN excluded.profile_as_of >= coalesce(a.profile_as_of, '-infinity')
                             THEN coalesce(excluded.email, a.email) ELSE coalesce(a.email, excluded.email) END,
                first_name = CASE WHEN excluded.profile_as_of >= coalesce(a.profile_as_of, '-infinity')
                             THEN coalesce(excluded.first_name, a.first_name)
                             ELSE coalesce(a.first_name, excluded.first_name) END,
                locale = CASE WHEN excluded.profile_as_of >= coalesce(a.profile_as_of, '-infinity')
                             THEN coalesce(excluded.locale, a.locale) ELSE coalesce(a.locale, excluded.locale) END,
                created_at = coalesce(a.created_at, excluded.created_at),
                profile_as_of = greatest(a.profile_as_of, excluded.profile_as_of)
            WHERE a.deleted_at IS NULL
            """;

    private static final String STATUS = """
            INSERT INTO accounts AS a (tenant, id, disabled_at, status_as_of)
            VALUES (:tenant, :id, CASE WHEN :disabled THEN CAST(:at AS timestamptz) END, :at)
            ON CONFLICT (tenant, id) DO UPDATE SET
                disabled_at = excluded.disabled_at, status_as_of = excluded.status_as_of
            WHERE a.deleted_at IS NULL AND excluded.status_as_of >= coalesce(a.status_as_of, '-infinity')
            """;

    private static final String FORGET = """
            INSERT INTO accounts AS a (tenant, id, deleted_at) VALUES (:tenant, :id, :at)
            ON CONFLICT (tenant, id) DO UPDATE SET
                deleted_at = coalesce(a.deleted_at, excluded.deleted_at), email = NULL, first_name = NULL, locale = NULL,
                first_session = NULL, first_session_at = NULL
            """;

    private static final String SESSION = """
            INSERT INTO accounts AS a (tenant, id, first_session, first_session_at)
            VALUES (:tenant, :id, :session, :at)
            ON CONFLICT (tenant, id) DO UPDATE SET
                first_session = CASE WHEN excluded.first_session_at < coalesce(a.first_session_at, 'infinity')
                                     THEN excluded.first_session ELSE a.first_session END,
                first_session_at = least(a.first_session_at, excluded.first_session_at)
            WHERE a.deleted_at IS NULL
            RETURNING first_session = :session AS first
            """;

    private static final String FIND = """
            SELECT id, email, first_name, locale, disabled_at IS NOT NULL AS disabled, deleted_at IS NOT NULL AS deleted
            FROM accounts WHERE tenant = :tenant AND id = :id
            """;

    private final DatabaseClient database;

    Accounts(DatabaseClient database) {
        this.database = database;
    }

    /** Empty if no event about the account has arrived yet. */
    public Mono<Recipient> find(TenantId tenant, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(Accounts::recipient)
                .one()
                .timeout(TIMEOUT);
    }

    /**
     * Records a session of an account.
     *
     * @return whether no earlier session is known; false for a deleted account
     */
    public Mono<Boolean> isFirstSession(TenantId tenant, UUID id, UUID session, Instant openedAt) {
        return database.sql(SESSION)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("session", session)
                .bind("at", openedAt)
                .map(row -> required(row, "first", Boolean.class))
                .one()
                .defaultIfEmpty(false)
                .timeout(TIMEOUT);
    }

    Mono<Void> know(TenantId tenant, UUID id, Profile profile) {
        var statement =
                database.sql(KNOW).bind("tenant", tenant.value()).bind("id", id).bind("asOf", profile.asOf());
        statement = bind(statement, "email", profile.email(), String.class);
        statement = bind(statement, "firstName", profile.firstName(), String.class);
        statement = bind(statement, "locale", profile.locale(), String.class);
        statement = bind(statement, "createdAt", profile.createdAt(), Instant.class);
        return statement.then().timeout(TIMEOUT);
    }

    Mono<Void> disable(TenantId tenant, UUID id, boolean disabled, Instant at) {
        return database.sql(STATUS)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("disabled", disabled)
                .bind("at", at)
                .then()
                .timeout(TIMEOUT);
    }

    Mono<Void> forget(TenantId tenant, UUID id, Instant at) {
        return database.sql(FORGET)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("at", at)
                .then()
                .timeout(TIMEOUT);
    }

    private static Recipient recipient(Readable row) {
        return new Recipient(
                required(row, "id", UUID.class),
                row.get("email", String.class),
                row.get("first_name", String.class),
                row.get("locale", String.class),
                required(row, "disabled", Boolean.class),
                required(row, "deleted", Boolean.class));
    }

    private static <T> DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec sql, String name, @Nullable T value, Class<T> type) {
        return value == null ? sql.bindNull(name, type) : sql.bind(name, value);
    }
}
