package dev.frontdesk.notification.tenants;

import static dev.frontdesk.notification.EventSimulator.deleted;
import static dev.frontdesk.notification.EventSimulator.resumed;
import static dev.frontdesk.notification.EventSimulator.suspended;
import static dev.frontdesk.notification.queues.Administrator.idsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.queues.Administrator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/** What the events of a tenant do to its work and its data. */
@RunningService
class TenantEventsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private EventSimulator world;

    @Autowired
    private TenantStates states;

    @Autowired
    private DeletedTenants deletedTenants;

    @Autowired
    private TenantReconciliation reconciliation;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private Jobs jobs;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private Administrator ada;
    private TenantId tenant;

    @BeforeEach
    void aTenant() {
        ada = new Administrator(gateway, port);
        tenant = ada.tenant();
    }

    @Test
    void leasesNoJobOfASuspendedTenantUntilItIsResumed() {
        String queue = ada.makesAQueue();
        String job = ada.adds(queue, "{}");
        happens(suspended(tenant, 2), false);

        assertThat(ada.leases(queue, "{\"max\":1}")).isEmpty();
        assertThat(ada.stateOf(queue, job)).isEqualTo("waiting");

        happens(resumed(tenant, 3), true);
        assertThat(idsIn(ada.leases(queue, "{\"max\":1}"))).containsExactly(job);
    }

    @Test
    void worksOffNoJobOfASuspendedTenantUntilItIsResumed() {
        happens(suspended(tenant, 2), false);
        var other = new Administrator(gateway, port);
        UUID waiting = add(tenant);
        UUID worked = add(other.tenant());

        // It was added later; so the first one was passed over.
        await().atMost(SOON).until(() -> stateOf(worked).equals("completed"));
        assertThat(stateOf(waiting)).isEqualTo("waiting");

        happens(resumed(tenant, 3), true);
        await().atMost(SOON).until(() -> stateOf(waiting).equals("completed"));
    }

    @Test
    void takesTheLaterOfTwoEventsInWhateverOrder() {
        happens(resumed(tenant, 5), true);
        world.happens(suspended(tenant, 4));
        var later = new TenantId("t" + UUID.randomUUID());
        happens(suspended(later, 1), false);

        assertThat(version(tenant)).isEqualTo(5);
        assertThat(states.isActive(tenant).block(SOON)).isTrue();
    }

    @Test
    void learnsFromTheCopyOfWhichItGotNoEvent() {
        happens(suspended(tenant, 2), false);
        String record = "{\"id\":\"%s\",\"version\":%d,\"status\":\"active\",\"newer\":1}";
        var other = new TenantId("t" + UUID.randomUUID());
        String suspended = record.formatted(other, 7).replace("active", "suspended");
        redis.opsForHash()
                .putAll(
                        TenantKeys.copy(keys),
                        Map.of(
                                tenant.value(),
                                record.formatted(tenant, 3),
                                other.value(),
                                suspended,
                                TenantKeys.COMPLETE,
                                "1"))
                .block(SOON);

        reconciliation.compare().block(SOON);
        redis.delete(TenantKeys.copy(keys)).block(SOON);

        assertThat(states.isActive(tenant).block(SOON)).isTrue();
        assertThat(states.isActive(other).block(SOON)).isFalse();
        assertThat(version(other)).isEqualTo(7);
    }

    @Test
    void deletesEverythingOfADeletedTenant() {
        var other = new Administrator(gateway, port);
        for (Administrator administrator : List.of(ada, other)) {
            administrator.adds(administrator.makesAQueue(), "{}");
            fillEveryTable(administrator.tenant());
        }

        happens(deleted(tenant, 2), false);
        deletedTenants.run().block(SOON);

        assertThat(rowsOf(tenant))
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isZero());
        assertThat(rowsOf(other.tenant()))
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isPositive());
    }

    @Test
    void knowsEveryTableOfTenants() {
        var tables = database.sql("""
                        SELECT table_name AS name FROM information_schema.columns
                        WHERE table_schema = current_schema() AND column_name = 'tenant'
                        """)
                .map(row -> String.valueOf(row.get("name")))
                .all()
                .collectList()
                .block(SOON);

        assertThat(tables).containsAll(DeletedTenants.TABLES);
        assertThat(tables)
                .filteredOn(table -> !DeletedTenants.TABLES.contains(table))
                .containsExactly("dead_letters");
    }

    private void happens(TenantEvent event, boolean active) {
        world.happens(event);
        var id = new TenantId(event.tenant());
        await().atMost(SOON)
                .until(() -> version(id) == event.version()
                        && states.isActive(id).blockOptional(SOON).orElseThrow() == active);
    }

    /** Adds a job that a worker of the service counts. */
    private UUID add(TenantId tenant) {
        return jobs.add(NewJob.of(
                        tenant,
                        "analytics",
                        "page.viewed",
                        "{\"kind\":\"page.viewed\",\"day\":\"2026-11-30\",\"count\":1}"))
                .blockOptional(SOON)
                .orElseThrow()
                .id();
    }

    /** One row in each table that the requests before have not filled. */
    private void fillEveryTable(TenantId tenant) {
        List.of(
                        "INSERT INTO rates (queue, tenant, started_at, used, window_ms) VALUES ('q', :tenant, now(), '{0}', 1)",
                        "INSERT INTO email_templates (tenant, kind, language, subject, text) VALUES (:tenant, 'k', 'en', 's', 't')",
                        "INSERT INTO notifications (tenant, account_id, seq, event_id, kind, title, body) VALUES (:tenant, gen_random_uuid(), 1, gen_random_uuid(), 'k', 't', 'b')",
                        "INSERT INTO recipients (tenant, account_id, last_seq) VALUES (:tenant, gen_random_uuid(), 1)",
                        "INSERT INTO webhook_attempts (tenant, endpoint_id, event_id, event_type, job_id, attempt, url, request_headers, started_at, took_ms, succeeded) VALUES (:tenant, gen_random_uuid(), gen_random_uuid(), 't', gen_random_uuid(), 1, 'u', '{}', now(), 1, true)",
                        "INSERT INTO webhook_events (tenant, id, type, body) VALUES (:tenant, gen_random_uuid(), 't', '{}')",
                        "INSERT INTO webhook_endpoints (tenant, url, description, event_types, secret) VALUES (:tenant, 'https://a.example', '', '{*}', 's')",
                        "INSERT INTO reports (id, tenant, kind, begins, ends, lines, csv) VALUES (gen_random_uuid(), :tenant, 'k', now(), now(), 0, '')",
                        "INSERT INTO daily_counts (tenant, day, kind, count) VALUES (:tenant, current_date, 'k', 1)",
                        "INSERT INTO idempotency_keys (tenant, key_hash, fingerprint, effect_id, held_until, expires_at) VALUES (:tenant, 'h', 'f', gen_random_uuid(), now(), now() + interval '1 day')",
                        "INSERT INTO accounts (tenant, id) VALUES (:tenant, gen_random_uuid())")
                .forEach(sql ->
                        database.sql(sql).bind("tenant", tenant.value()).then().block(SOON));
    }

    private Map<String, Long> rowsOf(TenantId tenant) {
        return DeletedTenants.TABLES.stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> number("SELECT count(*) AS n FROM " + table + " WHERE tenant = :id", tenant.value())));
    }

    private long version(TenantId tenant) {
        return number("SELECT coalesce(max(version), 0) AS n FROM tenants WHERE id = :id", tenant.value());
    }

    private long number(String sql, String id) {
        return database.sql(sql)
                .bind("id", id)
                .map(row -> row.get("n", Long.class))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }

    private String stateOf(UUID job) {
        return database.sql("SELECT state FROM jobs WHERE id = :id")
                .bind("id", job)
                .map(row -> String.valueOf(row.get("state")))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }
}
