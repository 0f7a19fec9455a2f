package dev.frontdesk.registration;

import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.migrations.MigratedSchema;
import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * The step from the previous version of the schema to this one, with rows in every table. The pattern for each
 * migration: {@link #PREVIOUS} and its rows follow one version behind.
 */
@RunningService
class UpgradeIT {

    private static final String SCHEMA = "registration";
    private static final String PREVIOUS = "1";
    private static final String ROWS = "upgrade/V" + PREVIOUS + ".sql";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Database database;

    @Autowired
    private Visitor visitor;

    @Autowired
    private Kafka kafka;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    @Test
    void keepsAllRowsAndLetsThePreviousVersionGoOn() {
        var schema = new MigratedSchema(TestServers.postgres().newDatabase(), SCHEMA);
        schema.migrateTo(PREVIOUS);
        schema.write(ROWS, "acme");
        var before = schema.rows();
        assertThat(before.byTable())
                .as("rows in every table")
                .allSatisfy((_, rows) -> assertThat(rows).isNotEmpty());

        schema.migrateTo(MigratedSchema.LATEST);

        assertThat(schema.rowsIn(before).byTable()).isEqualTo(before.byTable());
        schema.write(ROWS, "other");
    }

    /** On the schema of this version, so that it also shows that both versions can write beside each other. */
    @Test
    void readsWhatThePreviousVersionHasWritten() {
        new MigratedSchema(database, SCHEMA).write(ROWS, tenant.value());

        visitor.logIn(tenant, "ada@" + tenant + ".example", PASSWORD)
                .expectStatus()
                .isOk();
        JsonNode found = read("/api/v1/admin/accounts?q=IREM").get("accounts").get(0);
        assertThat(found.get("email").asString()).isEqualTo("ada@" + tenant + ".example");
        var ada = new Caller.Account(
                tenant, UUID.fromString(found.get("id").asString()), UUID.randomUUID(), Set.of("editor"));
        assertThat(json(visitor.get("/api/v1/users/me/export", ada))
                        .get("pending")
                        .valueStream()
                        .map(proof -> proof.get("purpose").asString()))
                .containsExactlyInAnyOrder("password-reset", "address-change");
        assertThat(read("/api/v1/admin/security-events?kind=account.verified").get("security_events"))
                .hasSize(1);
        await().atMost(SOON)
                .until(() -> read("/api/v1/admin/pending-registrations")
                                .get("pending_registrations")
                                .size()
                        == 1);
        await().atMost(SOON)
                .until(() -> kafka.topic(Topics.ACCOUNT_EVENTS).records().stream()
                        .anyMatch(event -> tenant.value().equals(event.key())));
    }

    private JsonNode read(String path) {
        return json(
                visitor.get(path, new Caller.Operator(tenant)).expectStatus().isOk());
    }
}
