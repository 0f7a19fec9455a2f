package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** All accounts, of all tenants, in PostgreSQL. */
@Component
public final class Accounts {

    private static final String FIND_BY_EMAIL = "SELECT * FROM accounts WHERE tenant = :tenant AND email = :email";
    private static final String FIND_OPEN_BY_EMAIL = FIND_BY_EMAIL + " AND disabled_at IS NULL";
    private static final String FIND_BY_ID = "SELECT * FROM accounts WHERE tenant = :tenant AND id = :id";
    private static final String FIND_BY_REGISTRATION =
            "SELECT * FROM accounts WHERE registration_id = :registration_id";

    /** Waits for a transaction that is inserting the same address or sign-up, and then does nothing. */
    private static final String INSERT = """
            INSERT INTO accounts (id, registration_id, tenant, email, password_hash,
                                  first_name, last_name, phone, locale, roles, created_at, updated_at,
                                  email_key, first_name_key, last_name_key)
            VALUES (:id, :registration_id, :tenant, :email, :password_hash,
                    :first_name, :last_name, :phone, :locale, :roles, :created_at, :updated_at,
                    :email_key, :first_name_key, :last_name_key)
            ON CONFLICT DO NOTHING
            """;

    private static final String REPLACE_HASH = """
            UPDATE accounts SET password_hash = :new_hash
            WHERE tenant = :tenant AND id = :id AND password_hash = :old_hash
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AccountEventRecorder facts;
    private final AccountProperties properties;

    public Accounts(
            DatabaseClient database,
            TransactionalOperator transaction,
            AccountEventRecorder facts,
            AccountProperties properties) {
        this.database = database;
        this.transaction = transaction;
        this.facts = facts;
        this.properties = properties;
    }

    /** Finds the account of the address, even if it is disabled. */
    public Mono<Account> find(TenantId tenant, EmailAddress email) {
        return find(FIND_BY_EMAIL, tenant, email);
    }

    /** Finds the account that may log in with the address: disabled accounts are not found. */
    public Mono<Account> findOpen(TenantId tenant, EmailAddress email) {
        return find(FIND_OPEN_BY_EMAIL, tenant, email);
    }

    private Mono<Account> find(String sql, TenantId tenant, EmailAddress email) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("email", email.value())
                .map(AccountRow::read)
                .one()
                .timeout(properties.readTimeout());
    }

    public Mono<Account> find(TenantId tenant, UUID id) {
        return database.sql(FIND_BY_ID)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(AccountRow::read)
                .one()
                .timeout(properties.readTimeout());
    }

    /**
     * Writes the account and its event in one transaction. Idempotent: if the sign-up already has its account, that one
     * is returned.
     *
     * @return the account as stored; fails with {@link AddressTaken} when the address has another account
     */
    public Mono<Account> open(Account account) {
        return insert(account)
                .flatMap(inserted -> inserted ? facts.tell(account.verified()).thenReturn(account) : existing(account))
                .as(transaction::transactional)
                .timeout(properties.writeTimeout());
    }

    /**
     * Stores a new hash of the same password.
     *
     * @param account as it was read; does nothing if the hash was replaced in the meantime
     */
    public Mono<Boolean> replaceHash(Account account, String hash) {
        return database.sql(REPLACE_HASH)
                .bind("tenant", account.tenant().value())
                .bind("id", account.id())
                .bind("old_hash", account.passwordHash())
                .bind("new_hash", hash)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(properties.writeTimeout());
    }

    private Mono<Boolean> insert(Account account) {
        return AccountRow.bind(database.sql(INSERT), account)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<Account> existing(Account account) {
        return ofRegistration(account.registrationId()).switchIfEmpty(Mono.error(AddressTaken::new));
    }

    private Mono<Account> ofRegistration(UUID registrationId) {
        return database.sql(FIND_BY_REGISTRATION)
                .bind("registration_id", registrationId)
                .map(AccountRow::read)
                .one();
    }
}
