package dev.frontdesk.registration.administration;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.accounts.AccountFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Closes accounts and opens them again; the event of it is written in the same transaction, and only when it is news. */
@Component
final class AccountDoor {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String CLOSE = """
            UPDATE accounts SET disabled_at = :now WHERE tenant = :tenant AND id = :id AND disabled_at IS NULL
            """;
    private static final String OPEN = """
            UPDATE accounts SET disabled_at = NULL WHERE tenant = :tenant AND id = :id AND disabled_at IS NOT NULL
            """;
    private static final String EXISTS = "SELECT 1 FROM accounts WHERE tenant = :tenant AND id = :id";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AccountFacts facts;
    private final Clock clock;

    AccountDoor(DatabaseClient database, TransactionalOperator transaction, AccountFacts facts, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.facts = facts;
        this.clock = clock;
    }

    /** @return whether there is such an account; it is closed then */
    Mono<Boolean> close(TenantId tenant, UUID id) {
        Instant now = now();
        return update(database.sql(CLOSE).bind("now", now), tenant, id, new AccountDisabled(tenant.value(), id, now));
    }

    /** @return whether there is such an account; it is open then */
    Mono<Boolean> open(TenantId tenant, UUID id) {
        return update(database.sql(OPEN), tenant, id, new AccountEnabled(tenant.value(), id, now()));
    }

    private Mono<Boolean> update(
            DatabaseClient.GenericExecuteSpec statement, TenantId tenant, UUID id, AccountEvent news) {
        return statement
                .bind("tenant", tenant.value())
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? facts.tell(news).thenReturn(true) : exists(tenant, id))
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    private Mono<Boolean> exists(TenantId tenant, UUID id) {
        return database.sql(EXISTS)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(_ -> true)
                .one()
                .defaultIfEmpty(false);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
