package dev.frontdesk.registration.administration;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.registration.accounts.SearchKey;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds accounts of a tenant: by the beginning of address or name, newest first, or by id. */
@Component
final class AccountSearch {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final String COLUMNS = """
            SELECT id, email, first_name, last_name, locale, roles, created_at, disabled_at FROM accounts
            WHERE tenant = :tenant
            """;

    private static final String BEGINS = """
             AND (email LIKE :address OR email_key LIKE :address_key OR first_name_key LIKE :key OR last_name_key LIKE :key)
            """;

    private static final String PAGE = """
             AND (CAST(:disabled AS boolean) IS NULL OR (disabled_at IS NOT NULL) = :disabled)
              AND (CAST(:time AS timestamptz) IS NULL OR (created_at, id) < (:time, :after))
            ORDER BY created_at DESC, id DESC
            LIMIT :limit
            """;

    private final DatabaseClient database;

    AccountSearch(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @param prefix beginning of address, first or last name, in any spelling that {@link SearchKey} regards as the
     *     same; null for all accounts
     * @param disabled whether to search disabled or active accounts; null for both
     */
    Mono<Page<AccountSummary>> find(
            TenantId tenant,
            @Nullable String prefix,
            @Nullable Boolean disabled,
            int limit,
            @Nullable PageCursor after) {
        var statement = database.sql(COLUMNS + (prefix == null ? "" : BEGINS) + PAGE)
                .bind("tenant", tenant.value())
                .bind("disabled", Parameters.in(R2dbcType.BOOLEAN, disabled))
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", orNull(after == null ? null : after.id()))
                .bind("limit", limit + 1);
        return (prefix == null ? statement : bind(statement, prefix))
                .map(AccountSearch::read)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, account -> new PageCursor(account.createdAt(), account.id())));
    }

    /** Empty when the tenant has no such account. */
    Mono<AccountSummary> find(TenantId tenant, UUID id) {
        return database.sql(COLUMNS + " AND id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(AccountSearch::read)
                .one()
                .timeout(TIMEOUT);
    }

    /**
     * The typed prefix is also compared with the address itself: the beginning of a domain's ASCII form can't be
     * converted.
     */
    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String prefix) {
        return statement
                .bind("address", pattern(prefix.toLowerCase(Locale.ROOT)))
                .bind("address_key", pattern(SearchKey.ofAddress(prefix).value()))
                .bind("key", pattern(SearchKey.of(prefix).value()));
    }

    private static String pattern(String prefix) {
        return prefix.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private static AccountSummary read(Readable row) {
        Instant disabledAt = row.get("disabled_at", Instant.class);
        return new AccountSummary(
                required(row, "id", UUID.class),
                required(row, "email", String.class),
                required(row, "first_name", String.class),
                required(row, "last_name", String.class),
                required(row, "locale", String.class),
                List.of(required(row, "roles", String[].class)),
                disabledAt == null ? "active" : "disabled",
                required(row, "created_at", Instant.class),
                disabledAt);
    }

    private static Parameter orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }
}
