package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.TimeRange;
import dev.frontdesk.notification.jobs.BuiltInQueue;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Finds jobs in all queues of a tenant, the newest first. A mail is found by its address, by the account it is for, and
 * by the account that has its address now; a notification is found by its account.
 */
@Repository
class JobSearch {

    private static final String FIND = """
            SELECT %1$s, created_at AS position_time
            FROM jobs
            WHERE tenant = :tenant
              AND (CAST(:queue AS text) IS NULL OR queue = :queue)
              AND (CAST(:kind AS text) IS NULL OR kind = :kind)
              AND (CAST(:state AS text) IS NULL OR state = :state)
              AND (CAST(:trace AS text) IS NULL OR substring(traceparent FROM 4 FOR 32) = :trace)
              AND (CAST(:from AS timestamptz) IS NULL OR created_at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR created_at < :to)
              AND (CAST(:after AS bigint) IS NULL OR seq < :after)
              %2$s
            ORDER BY seq DESC
            LIMIT :limit
            """;

    private static final String OF_ALL = FIND.formatted(StoredJob.COLUMNS, "");

    /** The conditions on the payload are also those of the indexes. */
    private static final String OF_RECIPIENT = FIND.formatted(StoredJob.COLUMNS, """
            AND (queue = ANY(:addressQueues) AND length(payload ->> 'to') <= 320
                   AND lower(payload ->> 'to') = ANY(:addresses)
                 OR queue = ANY(:accountQueues) AND length(payload ->> 'account_id') <= 64
                   AND payload ->> 'account_id' = ANY(:accounts))
            """);

    private static final String ACCOUNTS = """
            SELECT id, lower(email) AS address FROM accounts
            WHERE tenant = :tenant
              AND (CAST(:account AS uuid) IS NULL OR id = :account)
              AND (CAST(:address AS text) IS NULL OR lower(email) = :address)
            """;

    /**
     * Search criteria; a null field does not filter.
     *
     * @param address in lower case
     * @param added range of the time of adding
     */
    record Wanted(
            @Nullable String address,
            @Nullable UUID account,
            @Nullable QueueName queue,
            @Nullable String kind,
            @Nullable JobState state,
            @Nullable String traceId,
            TimeRange added) {

        boolean hasRecipient() {
            return address != null || account != null;
        }
    }

    private record Known(UUID id, Optional<String> address) {}

    private final BuiltInQueues queues;
    private final DatabaseClient database;

    JobSearch(BuiltInQueues queues, DatabaseClient database) {
        this.queues = queues;
        this.database = database;
    }

    /** @return one job more than the limit if there is a next page */
    Mono<List<StoredJob>> find(TenantId tenant, Wanted wanted, int limit, @Nullable JobPosition after) {
        var common = (wanted.hasRecipient() ? database.sql(OF_RECIPIENT) : database.sql(OF_ALL))
                .bind("tenant", tenant.value())
                .bind(
                        "queue",
                        text(wanted.queue() == null ? null : wanted.queue().value()))
                .bind("kind", text(wanted.kind()))
                .bind(
                        "state",
                        text(wanted.state() == null ? null : wanted.state().word()))
                .bind("trace", text(wanted.traceId()))
                .bind("from", time(wanted.added().from()))
                .bind("to", time(wanted.added().to()))
                .bind("after", Parameters.in(R2dbcType.BIGINT, after == null ? null : after.seq()))
                .bind("limit", limit + 1);
        var bound = wanted.hasRecipient() ? ofRecipient(tenant, wanted, common) : Mono.just(common);
        return bound.flatMap(list -> list.map(row -> StoredJob.read(row, null, null, null))
                        .all()
                        .collectList())
                .timeout(Queues.TIMEOUT);
    }

    /** Reads the accounts first: with a join in one statement the planner would not use the indexes of the payload. */
    private Mono<DatabaseClient.GenericExecuteSpec> ofRecipient(
            TenantId tenant, Wanted wanted, DatabaseClient.GenericExecuteSpec list) {
        return database.sql(ACCOUNTS)
                .bind("tenant", tenant.value())
                .bind("account", wanted.account() == null ? Parameters.in(UUID.class) : Parameters.in(wanted.account()))
                .bind("address", text(wanted.address()))
                .map(row -> new Known(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Optional.ofNullable(row.get("address", String.class))))
                .all()
                .collectList()
                .map(known -> list.bind("addressQueues", queues.names(BuiltInQueue::isSearchedByAddress))
                        .bind("addresses", addresses(wanted, known))
                        .bind("accountQueues", queues.names(BuiltInQueue::isSearchedByAccount))
                        .bind("accounts", accounts(wanted, known)));
    }

    /** If both an account and an address are given, the address must be the account's. */
    private static String[] addresses(Wanted wanted, List<Known> known) {
        if (wanted.account() == null) {
            return wanted.address() == null ? new String[0] : new String[] {wanted.address()};
        }
        return known.stream().flatMap(it -> it.address().stream()).toArray(String[]::new);
    }

    private static String[] accounts(Wanted wanted, List<Known> known) {
        if (wanted.account() != null && wanted.address() == null) {
            return new String[] {wanted.account().toString()};
        }
        return known.stream().map(it -> it.id().toString()).toArray(String[]::new);
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    private static Parameter time(@Nullable Instant value) {
        return Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, value);
    }
}
