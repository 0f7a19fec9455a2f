package dev.frontdesk.notification.reports;

import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningService
class ReportsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REPORTS = "/api/v1/reports";

    @Autowired
    private EventSimulator world;

    @Autowired
    private Smtp smtp;

    @Autowired
    private JobRows jobs;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now();
    private final String email = anyEmail();
    private Api shop;

    @BeforeEach
    void callAsTheShop() {
        shop = new Api(gateway, port, caller(tenant));
    }

    @Test
    void makesAReportOfAccountsAndMailsTheLink() {
        var account = UUID.randomUUID();
        verified(account, "=HYPERLINK(\"http://evil.example\")", now.minusSeconds(3600));
        var late = UUID.randomUUID();
        verified(late, "Late", now.plusSeconds(7200));
        var key = Map.of(Headers.IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        var request = Map.of(
                "kind",
                "accounts",
                "from",
                now.minusSeconds(7200).toString(),
                "to",
                now.plusSeconds(3600).toString(),
                "email",
                email,
                "locale",
                "tr");

        var answer = shop.post(REPORTS, request, key);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(shop.post(REPORTS, request, key)).isEqualTo(answer);
        String id = answer.text("id");
        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        var mail = smtp.messages(email).getFirst();
        assertThat(mail.subject()).isEqualTo("Raporunuz hazır");
        assertThat(mail.text()).contains("https://shop.example/reports#report=" + id);
        assertThat(download(id, tenant))
                .startsWith("id,locale,created_at,disabled_at,deleted_at\r\n" + account + ",en,")
                .doesNotContain("@", "HYPERLINK", late.toString());
        assertThat(shop.get(REPORTS).body().get("reports").get(0).get("id").asString())
                .isEqualTo(id);
        assertThat(shop.get(REPORTS).body().get("reports").get(0).get("lines").asInt())
                .isEqualTo(1);
    }

    @Test
    void failsAtOnceIfItsMailIsRefused() {
        jobs.value(
                "INSERT INTO notification.email_templates (tenant, kind, language, subject, text)"
                        + " VALUES (?, 'message', 'en', '{{data.title}}', '{{data.order}}') RETURNING kind",
                tenant);

        String id = shop.post(
                        REPORTS,
                        Map.of(
                                "kind",
                                "accounts",
                                "from",
                                now.minusSeconds(60).toString(),
                                "to",
                                now.toString(),
                                "email",
                                email))
                .text("id");

        await().atMost(SOON)
                .until(() -> "failed"
                        .equals(jobs.value("SELECT state FROM notification.jobs WHERE CAST(id AS text) = ?", id)));
        assertThat(jobs.value("SELECT attempts FROM notification.jobs WHERE CAST(id AS text) = ?", id))
                .isEqualTo("1");
        assertThat(jobs.value("SELECT failure FROM notification.jobs WHERE CAST(id AS text) = ?", id))
                .startsWith("its mail was refused: data");
    }

    @Test
    void refusesALocaleThatItsMailWouldBeRefusedFor() {
        var request = Map.of(
                "kind", "accounts", "from", now.minusSeconds(60).toString(), "to", now.toString(), "locale", "en-a");

        var answer = shop.post(REPORTS, request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("locale");
    }

    @Test
    void triesAsOftenAsItsQueueAllows() {
        var request = Map.of("kind", "accounts", "from", now.minusSeconds(60).toString(), "to", now.toString());
        shop.put("/api/v1/queues/report", Map.of("max_attempts", 7, "backoff_ms", 70));

        var job = "/api/v1/queues/report/jobs/" + shop.post(REPORTS, request).text("id");
        assertThat(shop.get(job).body().get("max_attempts").asInt()).isEqualTo(7);
        assertThat(shop.get(job).body().get("backoff_ms").asInt()).isEqualTo(70);

        var own = new HashMap<String, Object>(request);
        own.put("max_attempts", 2);
        var refused = shop.post(REPORTS, own);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().toString()).contains("max_attempts");
    }

    @Test
    void makesAReportOfDeliveriesForItsTenantAlone() {
        shop.post("/api/v1/notifications", Map.of("account_id", UUID.randomUUID(), "kind", "hello", "title", "Hello"));
        var request = Map.of(
                "kind",
                "deliveries",
                "from",
                now.minusSeconds(60).toString(),
                "to",
                now.plusSeconds(600).toString());

        String id = shop.post(REPORTS, request).text("id");

        await().atMost(SOON)
                .until(() -> "completed"
                        .equals(jobs.value("SELECT state FROM notification.jobs WHERE CAST(id AS text) = ?", id)));
        assertThat(download(id, tenant)).contains(",notification,hello,");
        assertThat(download(id, tenant).lines()).hasSize(2);
        assertThat(new Api(gateway, port, caller("other"))
                        .get(REPORTS + "/" + id + "/csv")
                        .status())
                .isEqualTo(404);
        assertThat(shop.get(REPORTS + "/" + UUID.randomUUID() + "/csv").status())
                .isEqualTo(404);
        assertThat(shop.get(REPORTS + "/none/csv").status()).isEqualTo(404);
    }

    @Test
    void readsMoreThanOnePageOfThoseOfOneMoment() {
        jobs.value(
                "WITH added AS (INSERT INTO notification.accounts (tenant, id, created_at)"
                        + " SELECT ?, gen_random_uuid(), now() FROM generate_series(1, 10500) RETURNING id)"
                        + " SELECT count(*) FROM added",
                tenant);
        var request = Map.of(
                "kind",
                "accounts",
                "from",
                now.minusSeconds(60).toString(),
                "to",
                now.plusSeconds(600).toString());

        String id = shop.post(REPORTS, request).text("id");

        await().atMost(SOON)
                .until(() -> "completed"
                        .equals(jobs.value("SELECT state FROM notification.jobs WHERE CAST(id AS text) = ?", id)));
        assertThat(download(id, tenant).lines().skip(1).distinct()).hasSize(10_500);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(shop.post(REPORTS, Map.of("kind", "x", "from", "y", "email", "z", "locale", "%"))
                        .body()
                        .get("errors"))
                .hasSize(5);
        assertThat(shop.post(
                                REPORTS,
                                Map.of(
                                        "kind",
                                        "accounts",
                                        "from",
                                        "2020-01-01T00:00:00Z",
                                        "to",
                                        "2026-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        assertThat(shop.get(REPORTS + "?limit=x&cursor=y").body().get("errors")).hasSize(2);
    }

    private void verified(UUID account, String firstName, Instant at) {
        world.happens(new AccountVerified(tenant, account, anyEmail(), firstName, "Lovelace", "en", at));
        await().atMost(SOON)
                .until(() -> jobs.value(
                                "SELECT email FROM notification.accounts WHERE id = CAST(? AS uuid)",
                                account.toString())
                        != null);
    }

    private String download(String id, String by) {
        return String.valueOf(TestClients.at(port)
                .responseTimeout(SOON)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4_000_000))
                .build()
                .get()
                .uri(REPORTS + "/" + id + "/csv")
                .header(Headers.IDENTITY, gateway.sign(caller(by)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"report-" + id + ".csv\"")
                .expectHeader()
                .contentType("text/csv;charset=UTF-8")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static Caller caller(String name) {
        return new Caller.Account(
                new TenantId(name), UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE));
    }
}
