package dev.frontdesk.notification.requests;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.NotificationRequest.EmailRequested;
import dev.frontdesk.contracts.events.NotificationRequest.JobRequested;
import dev.frontdesk.contracts.events.NotificationRequest.NotificationRequested;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.Visitor;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class IntakeIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final String EMAILS = "/api/v1/emails";
    private static final Map<String, String> BADGE =
            Map.of("name", "Early bird", "icon", "https://shop.example/early-bird.png");

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

    private final String email = anyEmail();
    private Visitor ada;
    private Api shop;

    @BeforeEach
    void letAdaIn() {
        ada = Visitor.withASession(gateway, port);
        shop = api(TENANT);
    }

    @Test
    void tellsOfABadgeInTheApplicationAndByMail() {
        adaHasAnAddress("tr");
        try (var socket = ada.opensASocket()) {
            var answer = shop.post(
                    NOTIFICATIONS,
                    Map.of("account_id", ada.account(), "kind", "new-badge", "data", BADGE, "mail", true));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text("queue")).isEqualTo("notification");
            JsonNode frame = told(socket.awaitFrames(2));
            assertThat(frame.get("kind").asString()).isEqualTo("new-badge");
            assertThat(frame.get("title").asString()).isEqualTo("Yeni rozet: Early bird");
            assertThat(frame.get("data").get("icon").asString()).isEqualTo(BADGE.get("icon"));
        }
        assertThat(mailWith("Early bird").text()).contains("Early bird");
    }

    @Test
    void takesWhatAnApplicationAsksForOnKafkaOnce() {
        adaHasAnAddress("en");
        try (var socket = ada.opensASocket()) {
            var asked = world.happens(new NotificationRequested(
                    TENANT,
                    ada.account(),
                    "new-badge",
                    BADGE,
                    null,
                    null,
                    null,
                    true,
                    Instant.now().minusSeconds(3600)));
            world.again(asked);
            world.happens(new NotificationRequested(
                    TENANT, ada.account(), "order-shipped", Map.of(), "Sent", "It is on its way.", "en", true, null));

            var frames = socket.awaitFrames(3);
            assertThat(frames)
                    .extracting(it -> it.get("kind").asString())
                    .containsExactlyInAnyOrder("account.verified", "new-badge", "order-shipped");
        }
        assertThat(mailWith("Sent").text()).contains("It is on its way.");
        mailWith("Early bird");
        assertThat(smtp.messages(email).stream().filter(mail -> mail.subject().contains("Early bird")))
                .hasSize(1);
    }

    @Test
    void notifiesOncePerKey() {
        var request = Map.of("account_id", ada.account(), "kind", "hello", "title", "Hello");
        var key = Map.of(Headers.IDEMPOTENCY_KEY, UUID.randomUUID().toString());

        var first = shop.post(NOTIFICATIONS, request, key);
        var second = shop.post(NOTIFICATIONS, request, key);
        var other = shop.post(NOTIFICATIONS, Map.of("account_id", ada.account(), "kind", "hello", "title", "Bye"), key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second).isEqualTo(first);
        assertThat(other.status()).isEqualTo(422);
        assertThat(jobsOfAda()).isEqualTo("1");
        assertThat(api("other").post(NOTIFICATIONS, request, key)).isNotEqualTo(first);
    }

    @Test
    void waitsUntilItIsDue() {
        var due = Instant.now().plus(Duration.ofDays(2));

        shop.post(
                NOTIFICATIONS,
                Map.of("account_id", ada.account(), "kind", "hello", "title", "Hello", "due_at", due.toString()));

        assertThat(jobs.value(
                        "SELECT state FROM notification.jobs WHERE payload->>'account_id' = ?",
                        ada.account().toString()))
                .isEqualTo("delayed");
    }

    @Test
    void tellsADeletedAccountNothing() {
        adaHasAnAddress("en");
        world.happens(new AccountDeleted(TENANT, ada.account(), email, "Ada", "en", Instant.now()));
        await().atMost(SOON)
                .until(() -> jobs.value(
                                "SELECT deleted_at FROM notification.accounts WHERE id = CAST(? AS uuid)",
                                ada.account().toString())
                        != null);

        var hello = Map.of("account_id", ada.account(), "kind", "hello", "title", "Hello");
        assertThat(shop.post(NOTIFICATIONS, hello).status()).isEqualTo(404);
        var mail =
                Map.of("account_id", ada.account(), "kind", "message", "data", Map.of("title", "Hi", "body", "There"));
        assertThat(shop.post(EMAILS, mail).status()).isEqualTo(404);
        assertThat(jobsOfAda()).isEqualTo("0");

        world.happens(
                new NotificationRequested(TENANT, ada.account(), "hello", Map.of(), "Hello", null, null, false, null));
        await().atMost(SOON)
                .until(() -> "the account was deleted"
                        .equals(jobs.value(
                                "SELECT failure FROM notification.jobs WHERE kind = 'hello'"
                                        + " AND payload->>'account_id' = ?",
                                ada.account().toString())));
    }

    @Test
    void sendsAMail() {
        var request = Map.of(
                "email", email, "first_name", "Ada", "kind", "message", "data", Map.of("title", "Hi", "body", "There"));
        var key = Map.of(Headers.IDEMPOTENCY_KEY, UUID.randomUUID().toString());

        var answer = shop.post(EMAILS, request, key);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(mailWith("Hi").text()).contains("There");
        assertThat(shop.post(EMAILS, request, key)).isEqualTo(answer);
        world.happens(new EmailRequested(
                TENANT,
                UUID.randomUUID(),
                null,
                email,
                null,
                "message",
                Map.of("title", "Lo", "body", ""),
                "en",
                null));
        mailWith("Lo");
        assertThat(smtp.messages(email)).hasSize(2);
    }

    @Test
    void addsAJobThatAnApplicationAsksForOnKafkaOnce() {
        var request = UUID.randomUUID();
        var asked = world.happens(new JobRequested(
                TENANT, request, "ai", "summarise", null, 3, Instant.now().minusSeconds(60), Map.of("id", request)));
        world.again(asked);
        world.happens(
                new JobRequested(TENANT, request, "ai", "summarise", "k" + request, null, null, Map.of("id", request)));

        await().atMost(SOON)
                .until(() -> "2,3"
                        .equals(jobs.value(
                                "SELECT count(*) || ',' || min(priority) FROM notification.jobs"
                                        + " WHERE queue = 'ai' AND payload->>'id' = ?",
                                request.toString())));
    }

    @Test
    void parksARequestThatBreaksTheRulesWithTheReason() {
        var wrong = world.happens(new NotificationRequested(
                TENANT, ada.account(), "account.verified", Map.of("a b", "c"), null, "x\0", "en", false, null));
        var unknown = world.happens(new EmailRequested(
                TENANT, UUID.randomUUID(), null, "no address", null, "no-such-kind", Map.of(), "en", null));

        var nul = world.happens(new EmailRequested(
                TENANT,
                UUID.randomUUID(),
                null,
                email,
                null,
                "message",
                Map.of("title", "a\0", "body", "b"),
                "en",
                null));
        var noQueue = world.happens(
                new JobRequested(TENANT, UUID.randomUUID(), "no-such-queue", "k", null, null, null, Map.of()));

        var noKind = world.happens(
                new EmailRequested(TENANT, UUID.randomUUID(), null, email, null, "a\u0000b", Map.of(), "en", null));
        var longAgo = world.happens(new JobRequested(
                TENANT, UUID.randomUUID(), "ai", "k", null, null, Instant.parse("-9999-01-01T00:00:00Z"), Map.of()));

        assertThat(detailOf(noKind.id())).contains("kind must be 1 to 64");
        assertThat(detailOf(longAgo.id())).contains("due_at must");
        assertThat(detailOf(nul.id())).contains("data must be");
        assertThat(detailOf(noQueue.id())).contains("Queue not found");
        assertThat(detailOf(wrong.id()))
                .contains("kind must not begin with account", "data must have names", "body must have")
                .doesNotContain("a b");
        assertThat(detailOf(unknown.id())).contains("email must be").doesNotContain("no address");
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        refused(NOTIFICATIONS, "{}", "account_id", "kind", "title");
        refused(NOTIFICATIONS, with("\"kind\": \"session.opened\", \"title\": \"x\""), "kind");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\\r\\nBcc: b\""), "title");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"\\u3164\\u00a0\""), "title");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\\u202eb\""), "title");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"" + "👩‍💻".repeat(201) + "\""), "title");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"data\": {\"x\": null}"), "data.x");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"data\": {\"x\": \"\\u0000\"}"), "data.x");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"data\": {\"x\": 1}"), "data.x");
        refused(NOTIFICATIONS, with("\"kind\": \"new-badge\", \"data\": {\"name\": \"a\\nb\"}"), "data.name");
        refused(
                NOTIFICATIONS,
                with("\"kind\": \"k\", \"title\": \"a\", \"due_at\": \"2100-01-01T00:00:00Z\""),
                "due_at");
        refused(
                NOTIFICATIONS,
                with("\"kind\": \"k\", \"title\": \"a\", \"due_at\": \"2020-01-01T00:00:00Z\""),
                "due_at");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"locale\": \"../../x\""), "locale");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"role\": \"admin\""), "role");
        refused(NOTIFICATIONS, with("\"kind\": \"k\", \"title\": \"a\", \"locale\": \"en-a\""), "locale");
        refused(EMAILS, "{\"kind\": \"message\"}", "account_id");
        refused(EMAILS, "{\"kind\": \"K\", \"email\": \"none\", \"locale\": \"en-a\"}", "email", "kind", "locale");
        refused(EMAILS, "{\"kind\": \"message\", \"email\": \"a@example.org\\r\\nBcc: b@example.org\"}", "email");
        refused(EMAILS, "{\"kind\": \"no-such-kind\", \"email\": \"a@example.org\"}", "kind");
        refused(EMAILS, "{\"kind\": \"a\\u0000b\", \"email\": \"a@example.org\"}", "kind");
        refused(EMAILS, "{\"kind\": \"account.verification-requested\", \"email\": \"a@example.org\"}", "kind");
        refused(EMAILS, "{\"kind\": \"message\", \"email\": \"a@example.org\", \"priority\": -1}", "priority");
        assertThat(jobsOfAda()).isEqualTo("0");
    }

    @Test
    void keepsNothingThatPostgresqlCanNot() {
        var body = "{\"kind\": \"message\", \"email\": \"a@example.org\", \"first_name\": \"%1$s\","
                + " \"data\": {\"title\": \"%1$s\", \"body\": \"%1$s\"}}";

        for (String bad : List.of("\\u0000", "\\ud800")) {
            refused(EMAILS, body.formatted(bad), "data");
        }
        for (String bad : List.of("\\u0000", "a\\r\\nBcc: b@example.org")) {
            var name = "{\"kind\": \"message\", \"email\": \"a@example.org\", \"first_name\": \"" + bad
                    + "\", \"data\": {\"title\": \"x\", \"body\": \"y\"}}";
            refused(EMAILS, name, "first_name");
        }
    }

    @Test
    void takesNoBodyWithoutEnd() {
        for (String path : List.of(NOTIFICATIONS, EMAILS)) {
            var answer = shop.post(path, with("\"kind\": \"k\", \"title\": \"" + "x".repeat(10_000_000) + "\""));
            assertThat(answer.status()).as(path).isEqualTo(413);
        }
        assertThat(jobsOfAda()).isEqualTo("0");
    }

    private void adaHasAnAddress(String locale) {
        world.happens(new AccountVerified(TENANT, ada.account(), email, "Ada", "Lovelace", locale, Instant.now()));
        await().atMost(SOON)
                .until(() -> jobs.value(
                                "SELECT email FROM notification.accounts WHERE id = CAST(? AS uuid)",
                                ada.account().toString())
                        != null);
    }

    private static JsonNode told(List<JsonNode> frames) {
        return frames.stream()
                .filter(it -> !it.get("kind").asString().equals("account.verified"))
                .findFirst()
                .orElseThrow();
    }

    private Mail mailWith(String subject) {
        return await().atMost(SOON)
                .until(
                        () -> smtp.messages(email).stream()
                                .filter(mail -> mail.subject().contains(subject))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private String detailOf(UUID event) {
        return String.valueOf(await().atMost(SOON)
                .until(
                        () -> jobs.value(
                                "SELECT detail FROM notification.dead_letters WHERE event_id = ?"
                                        + " AND group_name = 'notification-requests'",
                                event.toString()),
                        detail -> detail != null));
    }

    private String with(String fields) {
        return "{\"account_id\": \"" + ada.account() + "\", " + fields + "}";
    }

    private void refused(String path, String body, String... fields) {
        var answer = shop.post(path, body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.body()
                        .get("errors")
                        .valueStream()
                        .map(it -> it.get("field").asString()))
                .as(body)
                .containsExactlyInAnyOrder(fields);
    }

    private String jobsOfAda() {
        return String.valueOf(jobs.value(
                "SELECT count(*) FROM notification.jobs WHERE tenant = 'acme' AND payload->>'account_id' = ?"
                        + " AND queue = 'notification'",
                ada.account().toString()));
    }

    private Api api(String tenant) {
        return new Api(
                gateway,
                port,
                new Caller.Account(
                        new TenantId(tenant), UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE)));
    }
}
