package dev.frontdesk.kit.postgres;

import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * A lock that PostgreSQL holds until the transaction ends (an advisory lock). For a rule over many rows, for example
 * how many a tenant may have: a statement after the lock sees all rows of the transactions that held it before.
 *
 * @param scope what the rule is about, for example a table
 */
public record TransactionLock(String scope) {

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.' || :scope), hashtext(:owner))";

    /**
     * Completes when the transaction of the subscriber has the lock. Without a transaction it has no effect.
     *
     * @param owner whose rows the rule is about, for example a tenant
     */
    public Mono<Void> lock(DatabaseClient database, String owner) {
        return database.sql(LOCK).bind("scope", scope).bind("owner", owner).then();
    }
}
