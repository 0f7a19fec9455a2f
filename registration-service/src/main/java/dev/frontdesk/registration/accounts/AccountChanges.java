package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.Rows;
import dev.frontdesk.kit.values.EmailAddress;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Changes that an owner makes to an account. Each change and its events are written in one transaction, the caller's if
 * there is one. Each method returns empty, with nothing written, when the account does not exist, is disabled, or has
 * changed since it was read.
 */
@Component
public final class AccountChanges {

    /** Always later than the stored time, even if this clock is behind that of the last writer. */
    private static final String LATER = "GREATEST(CAST(:now AS timestamptz), updated_at + interval '1 millisecond')";

    private static final String CHANGE_PROFILE =
            """
            UPDATE accounts
            SET first_name = COALESCE(:first_name, first_name),
                last_name = COALESCE(:last_name, last_name),
                phone = CASE WHEN :removes_phone THEN NULL ELSE COALESCE(:phone, phone) END,
                locale = COALESCE(:locale, locale),
                first_name_key = COALESCE(:first_name_key, first_name_key),
                last_name_key = COALESCE(:last_name_key, last_name_key),
                updated_at =
            """ + LATER + " WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL RETURNING *";

    private static final String CHANGE_PASSWORD = """
            UPDATE accounts
            SET password_hash = :password_hash, credentials_version = credentials_version + 1, updated_at =
            """ + LATER
            + " WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL AND credentials_version ="
            + " :credentials_version RETURNING *";

    private static final String CHANGE_ADDRESS = """
            UPDATE accounts
            SET email = :email, email_key = :email_key, credentials_version = credentials_version + 1,
                updated_at =
            """ + LATER
            + " WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL AND credentials_version = :credentials_version RETURNING *";

    /**
     * Runs before the address is changed. The unique index would refuse a duplicate too, but PostgreSQL logs the values
     * of a key that it refuses.
     */
    private static final String IS_TAKEN = """
        SELECT EXISTS (SELECT 1 FROM accounts WHERE tenant = :tenant AND email = :email AND id <> :id) AS taken\
        """;

    private static final String DELETE =
            "DELETE FROM accounts WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL"
                    + " AND credentials_version = :credentials_version RETURNING " + LATER + " AS deleted_at";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AccountEventRecorder facts;
    private final AccountProperties properties;
    private final Clock clock;

    AccountChanges(
            DatabaseClient database,
            TransactionalOperator transaction,
            AccountEventRecorder facts,
            AccountProperties properties,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.facts = facts;
        this.properties = properties;
        this.clock = clock;
    }

    /** Concurrent changes of different fields both take effect. */
    public Mono<Account> changeProfile(TenantId tenant, UUID id, ProfileChange change) {
        var first = change.firstName();
        var last = change.lastName();
        var phone = change.phone();
        var language = change.language();
        var statement = at(database.sql(CHANGE_PROFILE), tenant, id).bind("removes_phone", change.removesPhone());
        statement = text(statement, "first_name", first == null ? null : first.value());
        statement = text(statement, "last_name", last == null ? null : last.value());
        statement = text(
                statement,
                "first_name_key",
                first == null ? null : SearchKey.of(first.value()).value());
        statement = text(
                statement,
                "last_name_key",
                last == null ? null : SearchKey.of(last.value()).value());
        statement = text(statement, "phone", phone == null ? null : phone.value());
        statement = text(statement, "locale", language == null ? null : language.tag());
        return told(
                statement,
                account -> new ProfileChanged(
                        tenant.value(),
                        id,
                        account.profile().firstName().value(),
                        account.profile().language().tag(),
                        account.updatedAt()));
    }

    /**
     * @param account as read when the old password was checked; of two concurrent changes only one succeeds
     * @param keptSessionId the session that makes the change, which stays open
     */
    public Mono<Account> changePassword(Account account, String passwordHash, UUID keptSessionId) {
        return told(
                newPassword(account, passwordHash),
                changed -> new PasswordChanged(
                        changed.tenant().value(),
                        changed.id(),
                        changed.email().value(),
                        changed.profile().firstName().value(),
                        changed.profile().language().tag(),
                        keptSessionId,
                        changed.credentialsVersion(),
                        changed.updatedAt()));
    }

    /** @param account whose address was proved in place of the old password */
    public Mono<Account> resetPassword(Account account, String passwordHash) {
        return told(
                newPassword(account, passwordHash),
                changed -> new PasswordReset(
                        changed.tenant().value(),
                        changed.id(),
                        changed.email().value(),
                        changed.profile().firstName().value(),
                        changed.profile().language().tag(),
                        changed.credentialsVersion(),
                        changed.updatedAt()));
    }

    /** @return fails with {@link AddressTaken} when another account of the tenant has the address by now */
    public Mono<Account> changeAddress(Account account, EmailAddress email) {
        return isTaken(account, email)
                .flatMap(taken -> taken ? Mono.error(new AddressTaken()) : changeToFree(account, email))
                .onErrorMap(DuplicateKeyException.class, _ -> new AddressTaken());
    }

    private Mono<Boolean> isTaken(Account account, EmailAddress email) {
        return database.sql(IS_TAKEN)
                .bind("tenant", account.tenant().value())
                .bind("email", email.value())
                .bind("id", account.id())
                .map(row -> Rows.required(row, "taken", Boolean.class))
                .one()
                .timeout(properties.readTimeout());
    }

    private Mono<Account> changeToFree(Account account, EmailAddress email) {
        return told(
                unchanged(database.sql(CHANGE_ADDRESS), account)
                        .bind("email", email.value())
                        .bind("email_key", SearchKey.ofAddress(email.value()).value()),
                changed -> new AddressChanged(
                        changed.tenant().value(),
                        changed.id(),
                        account.email().value(),
                        changed.email().value(),
                        changed.profile().firstName().value(),
                        changed.profile().language().tag(),
                        changed.updatedAt()));
    }

    /** @return when it was deleted */
    public Mono<Instant> delete(Account account) {
        return unchanged(database.sql(DELETE), account)
                .map(row -> Rows.required(row, "deleted_at", Instant.class))
                .one()
                .delayUntil(deletedAt -> facts.tell(new AccountDeleted(
                        account.tenant().value(),
                        account.id(),
                        account.email().value(),
                        account.profile().firstName().value(),
                        account.profile().language().tag(),
                        deletedAt)))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout());
    }

    private GenericExecuteSpec newPassword(Account account, String passwordHash) {
        return unchanged(database.sql(CHANGE_PASSWORD), account).bind("password_hash", passwordHash);
    }

    private GenericExecuteSpec unchanged(GenericExecuteSpec statement, Account account) {
        return at(statement, account.tenant(), account.id()).bind("credentials_version", account.credentialsVersion());
    }

    private GenericExecuteSpec at(GenericExecuteSpec statement, TenantId tenant, UUID id) {
        return statement
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static GenericExecuteSpec text(GenericExecuteSpec statement, String name, @Nullable String value) {
        return statement.bind(name, Parameters.in(R2dbcType.VARCHAR, value));
    }

    private Mono<Account> told(GenericExecuteSpec change, Function<Account, AccountEvent> event) {
        return change.map(AccountRow::read)
                .one()
                .delayUntil(account -> facts.tell(event.apply(account)))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout());
    }
}
