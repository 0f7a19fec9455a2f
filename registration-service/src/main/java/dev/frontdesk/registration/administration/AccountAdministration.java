package dev.frontdesk.registration.administration;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountEventRecorder;
import dev.frontdesk.registration.accounts.AccountRow;
import dev.frontdesk.registration.accounts.AccountSignals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Changes that operators make to an account. The event is written in the same transaction, and only if the account
 * really changed. Disabling an account and changing its roles also increase the credentials version: proofs and
 * sessions of an older version become void.
 */
@Component
final class AccountAdministration {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String CLOSE = """
        UPDATE accounts SET disabled_at = :now, credentials_version = credentials_version + 1
        WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL RETURNING *
        """;
    private static final String OPEN = """
        UPDATE accounts SET disabled_at = NULL
        WHERE tenant = :tenant AND id = :id AND disabled_at IS NOT NULL RETURNING *
        """;
    private static final String GIVE = """
        UPDATE accounts SET roles = array_append(roles, :role), credentials_version = credentials_version + 1
        WHERE tenant = :tenant AND id = :id AND NOT (:role = ANY (roles)) AND cardinality(roles) < %d RETURNING *
        """.formatted(RoleLimitExceeded.MOST);
    private static final String TAKE = """
        UPDATE accounts SET roles = array_remove(roles, :role), credentials_version = credentials_version + 1
        WHERE tenant = :tenant AND id = :id AND :role = ANY (roles) RETURNING *
        """;
    private static final String FIND = "SELECT * FROM accounts WHERE tenant = :tenant AND id = :id";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AccountEventRecorder facts;
    private final AccountSignals signals;
    private final Clock clock;

    AccountAdministration(
            DatabaseClient database,
            TransactionalOperator transaction,
            AccountEventRecorder facts,
            AccountSignals signals,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.facts = facts;
        this.signals = signals;
        this.clock = clock;
    }

    /** @return whether the account exists; it is closed then */
    Mono<Boolean> close(TenantId tenant, UUID id) {
        Instant now = now();
        return change(
                        database.sql(CLOSE).bind("now", now),
                        tenant,
                        id,
                        closed -> new AccountDisabled(tenant.value(), id, closed.credentialsVersion(), now))
                .delayUntil(this::announced)
                .hasElement();
    }

    /** @return whether the account exists; it is open then */
    Mono<Boolean> open(TenantId tenant, UUID id) {
        return change(database.sql(OPEN), tenant, id, _ -> new AccountEnabled(tenant.value(), id, now()))
                .hasElement();
    }

    /**
     * @return whether the account exists; it has the role then. Fails with {@link RoleLimitExceeded} when it has too
     *     many
     */
    Mono<Boolean> give(TenantId tenant, UUID id, Role role) {
        return changeRoles(GIVE, tenant, id, role)
                .map(changed -> changed.account().roles().contains(role.name()))
                .flatMap(hasIt -> hasIt ? Mono.just(true) : Mono.error(RoleLimitExceeded::new))
                .defaultIfEmpty(false);
    }

    /** @return whether the account exists; it does not have the role then */
    Mono<Boolean> take(TenantId tenant, UUID id, Role role) {
        return changeRoles(TAKE, tenant, id, role).hasElement();
    }

    private Mono<Changed> changeRoles(String sql, TenantId tenant, UUID id, Role role) {
        return change(
                        database.sql(sql).bind("role", role.name()),
                        tenant,
                        id,
                        changed -> new AccountRolesChanged(
                                tenant.value(), id, changed.roles(), changed.credentialsVersion(), now()))
                .delayUntil(this::announced);
    }

    /** @param isNews whether the account really changed */
    private record Changed(Account account, boolean isNews) {}

    private Mono<Changed> change(
            GenericExecuteSpec statement, TenantId tenant, UUID id, Function<Account, AccountEvent> news) {
        return statement
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(AccountRow::read)
                .one()
                .delayUntil(account -> facts.tell(news.apply(account)))
                .map(account -> new Changed(account, true))
                .switchIfEmpty(find(tenant, id).map(account -> new Changed(account, false)))
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    /**
     * If nothing changed, no session must end: open sessions may have an older credentials version and still be valid.
     */
    private Mono<Void> announced(Changed changed) {
        return changed.isNews() ? signals.outdated(changed.account(), null) : Mono.empty();
    }

    private Mono<Account> find(TenantId tenant, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(AccountRow::read)
                .one();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
