package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.notifications.Notification;
import dev.frontdesk.notification.notifications.Notifications;
import dev.frontdesk.notification.notifications.Recipient;
import dev.frontdesk.testsupport.migrations.MigratedSchema;
import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.Smtp;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The step from the previous version of the schema to this one, with rows in every table. The pattern for each
 * migration: {@link #PREVIOUS} and its rows follow one version behind.
 */
@RunningService
class UpgradeIT {

    private static final String SCHEMA = "notification";
    private static final String PREVIOUS = "1";
    private static final String ROWS = "upgrade/V" + PREVIOUS + ".sql";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Database database;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private Notifications notifications;

    @Autowired
    private Smtp smtp;

    @LocalServerPort
    private int port;

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
        var tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
        new MigratedSchema(database, SCHEMA).write(ROWS, tenant.value());
        var caller = new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE));
        var administrator = new Api(gateway, port, caller);
        var account = UUID.fromString("0193a1b2-0000-7000-8000-000000000002");

        await().atMost(SOON)
                .until(() -> smtp.messages("ada@" + tenant + ".example").size() == 1);
        assertThat(administrator
                        .post("/api/v1/queues/exports/leases", "{\"max\": 2}")
                        .body()
                        .get("jobs"))
                .singleElement()
                .satisfies(job -> assertThat(job.get("payload").toString()).contains("2026-11"));
        var ended = administrator
                .get("/api/v1/queues/exports/jobs?state=completed")
                .body()
                .get("jobs")
                .get(0);
        assertThat(administrator
                        .get("/api/v1/queues/exports/jobs/" + ended.get("id").asString())
                        .body()
                        .toString())
                .contains("\"rows\":42", "\"outcome\":\"failed\"");
        assertThat(notifications.after(new Recipient(tenant, account), 0, 10).block(SOON))
                .extracting(Notification::title)
                .containsExactly("A badge");
        assertThat(administrator.get("/api/v1/email-templates/order-sent/en").text("subject"))
                .isEqualTo("Your order");
        var operator = new Api(gateway, port, new Caller.Operator(tenant));
        assertThat(operator.get("/api/v1/dead-letters?limit=200")
                        .body()
                        .get("dead_letters")
                        .valueStream())
                .anyMatch(letter -> tenant.value().equals(letter.get("group").asString()));
        for (String path : List.of(
                "/api/v1/webhooks/endpoints",
                "/api/v1/reports",
                "/api/v1/analytics/counts?from=2026-11-01&to=2026-12-01")) {
            assertThat(administrator.get(path).body().iterator().next())
                    .as(path)
                    .hasSize(1);
        }
        var endpoint = administrator
                .get("/api/v1/webhooks/endpoints")
                .body()
                .get("endpoints")
                .get(0)
                .get("id")
                .asString();
        assertThat(administrator
                        .get("/api/v1/webhooks/endpoints/" + endpoint + "/attempts")
                        .body()
                        .get("attempts"))
                .hasSize(1);
    }
}
