package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.verified;
import static dev.frontdesk.notification.Receiver.endless;
import static dev.frontdesk.notification.Receiver.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.HeldInserts;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.Receiver;
import dev.frontdesk.notification.Receiver.Received;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.outbound.SigningSecrets;
import dev.frontdesk.notification.webhooks.Administrator.Endpoint;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.Database;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an event to the application's server, over real sockets. */
@RunningService
class WebhooksIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    @RegisterExtension
    final NoSecretsInLogs secrets = new NoSecretsInLogs();

    @Autowired
    private EventSimulator world;

    @Autowired
    private JobRows rows;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final Receiver receiver = new Receiver();
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private Administrator ada;

    @BeforeEach
    void meetAda() {
        ada = administratorOf(tenant);
    }

    private Administrator administratorOf(String tenant) {
        return new Administrator(tenant, gateway, port);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void sendsEachEventOnceToEachSubscribedEndpoint() {
        var acme = administratorOf(TENANT);
        var endpoint = acme.adds(receiver.url("/accounts"), "account.*");
        acme.adds(receiver.url("/all"));
        acme.adds(receiver.url("/sessions"), "session.opened");
        administratorOf("other").adds(receiver.url("/other"));
        secrets.mustNotTell(endpoint.secret().text());
        var account = UUID.randomUUID();

        var event = world.happens(verified(account, "tr"));
        world.again(event);
        var signIn = world.happens(EventSimulator.signedIn(account, "tr", 0));

        await().atMost(SOON).until(() -> receiver.received("/sessions").size() == 1);
        await().atMost(SOON).until(() -> receiver.received("/all").size() == 2);
        await().atMost(SOON).until(() -> receiver.received("/accounts").size() == 1);
        assertThat(receiver.received("/all"))
                .extracting(it -> it.header("webhook-id"))
                .containsExactlyInAnyOrder("evt_" + event.id(), "evt_" + signIn.id());
        var request = receiver.received("/accounts").getFirst();
        assertThat(request.header("webhook-id")).isEqualTo("evt_" + event.id());
        assertThat(request.header("X-Event-Type")).isEqualTo("account.verified");
        assertThat(request.header("X-Webhook-Signature")).isEmpty();
        isSignedBy(endpoint.secret(), request);
        JsonNode body = JSON.readTree(request.body());
        assertThat(body.get("type").asString()).isEqualTo("account.verified");
        assertThat(Instant.parse(body.get("timestamp").asString())).isBefore(Instant.now());
        assertThat(body.get("data").get("account_id").asString()).isEqualTo(account.toString());
        assertThat(body.get("data").get("first_name").asString()).isEqualTo("Ayşe");
        assertThat(receiver.received("/other")).isEmpty();
        acme.get("/endpoints")
                .json()
                .get("endpoints")
                .forEach(it -> acme.send("DELETE", "/endpoints/" + it.get("id").asString(), "")
                        .expect(204));
    }

    @Test
    void sendsEventsOfTheApplicationOncePerIdempotencyKey() {
        ada.adds(receiver.url("/orders"), "order.*");
        String key = UUID.randomUUID().toString();
        String event = "{\"type\":\"order.paid\",\"data\":{\"amount\":12345678901234567890.10}}";

        var first = ada.post("/events", event, "Idempotency-Key", key).expect(202);
        var second = ada.post("/events", event, "Idempotency-Key", key).expect(202);
        ada.post("/events", event.replace("paid", "lost"), "Idempotency-Key", key)
                .expect(422);
        ada.tells("order.sent", "[1]");

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.json().get("endpoint_count").asInt()).isEqualTo(1);
        await().atMost(SOON).until(() -> receiver.received("/orders").size() == 2);
        assertThat(receiver.received("/orders"))
                .filteredOn(it ->
                        it.header("webhook-id").equals(first.json().get("id").asString()))
                .singleElement()
                .satisfies(it -> assertThat(it.body())
                        .contains("\"type\":\"order.paid\"", "\"data\":{\"amount\":12345678901234567890.10}"));
        assertThat(ada.get("/events?type=order.paid").json().get("events")).hasSize(1);
    }

    @Test
    void triesAgainAndShowsEachAttempt() {
        receiver.answers(
                "/",
                status(302, "Location", receiver.url("/elsewhere")),
                status(500, "Content-Type", "text/plain", "no disk"),
                endless("yes"));
        var endpoint = ada.adds(receiver.url("/"));

        String event = ada.tells("order.paid", "{\"id\":7}");

        var lines = logOf(endpoint, "?event_id=" + event, 3);
        assertThat(lines).extracting(it -> it.get("http_status").asInt()).containsExactly(200, 500, 302);
        assertThat(lines).extracting(it -> it.get("attempt").asInt()).containsExactly(3, 2, 1);
        assertThat(receiver.received("/elsewhere")).isEmpty();
        assertThat(receiver.received("/"))
                .extracting(it -> it.header("webhook-id"))
                .containsOnly(event);
        var failed = ada.get(
                        endpoint.path() + "/attempts/" + lines.get(1).get("id").asString())
                .expect(200)
                .json();
        assertThat(failed.get("failure").asString()).isEqualTo("answered 500");
        assertThat(failed.get("answer").get("body").asString()).isEqualTo("no disk");
        assertThat(failed.get("request").get("body").asString()).contains("\"data\":{\"id\":7}");
        var headers = failed.get("request").get("headers");
        var received = receiver.received("/").get(1);
        assertThat(headers.propertyNames())
                .containsExactlyInAnyOrder(
                        "host",
                        "user-agent",
                        "accept",
                        "content-type",
                        "content-length",
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature",
                        "x-event-type")
                .allSatisfy(name -> assertThat(received.header(name))
                        .as(name)
                        .isEqualTo(headers.get(name).asString()));
        var endlessOne = ada.get(endpoint.path() + "/attempts/"
                        + lines.getFirst().get("id").asString())
                .json();
        assertThat(endlessOne.get("answer").get("whole").asBoolean()).isFalse();
        assertThat(endlessOne.get("answer").get("body").asString()).hasSize(4096);
        assertThat(ada.get(endpoint.path() + "/attempts?succeeded=false").json().get("attempts"))
                .hasSize(2);
        assertThat(ada.get(endpoint.path()).json().has("failing_since")).isFalse();
    }

    @Test
    void sendsNoMoreToWhomAnswersThatItIsGone() {
        receiver.answers("/gone", status(410));
        ada.adds(receiver.url("/other"), "webhook.*");
        var endpoint = ada.adds(receiver.url("/gone"), "order.*");

        ada.tells("order.paid", "1");

        await().atMost(SOON).until(() -> receiver.received("/other").size() == 1);
        var told = JSON.readTree(receiver.received("/other").getFirst().body());
        assertThat(told.get("type").asString()).isEqualTo("webhook.endpoint-disabled");
        assertThat(told.get("data").get("endpoint_id").asString()).isEqualTo(endpoint.id());
        assertThat(told.get("data").get("reason").asString()).isEqualTo("gone");
        assertThat(ada.get(endpoint.path()).json().get("disabled_for").asString())
                .isEqualTo("gone");
        assertThat(ada.post("/events", "{\"type\":\"order.paid\",\"data\":1}")
                        .json()
                        .get("endpoint_count")
                        .asInt())
                .isZero();
        ada.post(endpoint.path() + "/test", "").expect(409);

        ada.send("PATCH", endpoint.path(), "{\"enabled\":true}").expect(200);
        ada.tells("order.paid", "2");

        await().atMost(SOON).until(() -> receiver.received("/gone").size() == 2);
    }

    @Test
    void keepsWhatHappensWhileTheOnlyEndpointIsDisabledForAReplay() {
        var endpoint = ada.adds(receiver.url("/"), "order.*");
        ada.send("PATCH", endpoint.path(), "{\"enabled\":false}").expect(200);

        String missed = ada.tells("order.paid", "1");
        ada.tells("cart.emptied", "1");
        ada.send("PATCH", endpoint.path(), "{\"enabled\":true}").expect(200);
        ada.post(endpoint.path() + "/replay", "{\"from\":\"2000-01-01T00:00:00Z\"}")
                .expect(202);

        logOf(endpoint, "?event_id=" + missed, 1);
        assertThat(receiver.ids("/")).containsExactly(missed);
        assertThat(ada.get("/events").json().get("events")).hasSize(1);
    }

    @Test
    void disablesAnEndpointThatFailsForLong() {
        receiver.answersAlways("/broken", status(503));
        ada.adds(receiver.url("/other"), "webhook.endpoint-disabled");
        var endpoint = ada.adds(receiver.url("/broken"), "order.*");

        ada.tells("order.paid", "1");
        logOf(endpoint, "", 5);
        assertThat(ada.get(endpoint.path()).json().get("failing_since").asString())
                .isNotEmpty();
        // Two events with five attempts each are ten; the third one fails without being sent.
        ada.tells("order.paid", "2");
        await().atMost(SOON).until(() -> receiver.received("/other").size() == 1);

        var shown = ada.get(endpoint.path()).json();
        assertThat(shown.get("enabled").asBoolean()).isFalse();
        assertThat(shown.get("disabled_for").asString()).isEqualTo("failing");
        assertThat(receiver.received("/broken")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another URL", "a success on its way"})
    void isReportedAsDisabledWhateverComesInBetween(String what, @Autowired Deliveries deliveries) {
        ada.adds(receiver.url("/other"), "webhook.endpoint-disabled");
        var endpoint = ada.adds(receiver.url("/broken"), "order.*");
        rows.value(
                "INSERT INTO notification.queues (tenant, name, paused) VALUES (?, 'webhook', true) RETURNING name",
                tenant);
        ada.tells("order.paid", "1");
        // As an instance leaves it that dies before it reports.
        set(
                "disabled_at = now(), disabled_for = 'failing', failing_since = now(), failures = 10, told = false",
                endpoint);

        if (what.equals("another URL")) {
            ada.send("PATCH", endpoint.path(), "{\"url\":\"" + receiver.url("/mended") + "\"}")
                    .expect(200);
        } else {
            deliveries
                    .succeeded(new TenantId(tenant), UUID.fromString(endpoint.id()))
                    .block(SOON);
        }
        rows.value("UPDATE notification.queues SET paused = false WHERE tenant = ? RETURNING name", tenant);

        await().atMost(SOON).until(() -> receiver.received("/other").size() == 1);
        await().atMost(SOON)
                .until(
                        () -> rows.value(
                                "SELECT failure FROM notification.jobs WHERE tenant = ? AND kind = 'order.paid'",
                                tenant),
                        "the endpoint is disabled"::equals);
        ada.send("PATCH", endpoint.path(), "{\"enabled\":true}").expect(200);
        assertThat(ada.get(endpoint.path()).json().has("failing_since")).isFalse();
    }

    @Test
    void areSoManyOfATenantAtMost(@Autowired WebhookEndpoints endpoints, @Autowired Database database)
            throws SQLException {
        var draft = new EndpointDraft(receiver.url("/"), null, null, null, null);
        try (var inserts = new HeldInserts(database, "webhook_endpoints", tenant)) {
            // Both have counted, or one waits for the other, before either is stored.
            var one = endpoints
                    .add(new TenantId(tenant), UUID.randomUUID(), draft, "sealed", 1)
                    .toFuture();
            var other = endpoints
                    .add(new TenantId(tenant), UUID.randomUUID(), draft, "sealed", 1)
                    .toFuture();
            inserts.releaseWhenWaiting(2);

            assertThat(Stream.of(one, other)
                            .map(added -> added.orTimeout(20, SECONDS).join())
                            .filter(Objects::nonNull))
                    .hasSize(1);
        }
    }

    @Test
    void aSilentEndpointDelaysNoOther() {
        receiver.answersAlways("/silent", receiver.silence());
        var silent = ada.adds(receiver.url("/silent"), "order.*");
        var bob = administratorOf("t" + UUID.randomUUID().toString().substring(0, 8));
        bob.adds(receiver.url("/bob"));
        for (int i = 0; i < 100; i++) {
            ada.tells("order.paid", "1");
        }
        await().atMost(SOON).until(() -> receiver.received("/silent").size() == 5);

        bob.tells("order.paid", "1");

        await().atMost(SOON).until(() -> receiver.received("/bob").size() == 1);
        assertThat(receiver.received("/silent")).hasSize(5);
        assertThat(rows.value(
                        "SELECT max(attempts) || ' ' || max(CAST(history AS text)) FROM notification.jobs"
                                + " WHERE payload->>'endpoint_id' = ?",
                        silent.id()))
                .isEqualTo("1 []");
        ada.send("DELETE", silent.path(), "").expect(204);
    }

    @Test
    void signsWithBothSecretsWhileOneIsReplaced() {
        var endpoint = ada.adds(receiver.url("/"));
        var rotated =
                ada.post(endpoint.path() + "/rotate-secret", "").expect(200).json();
        var secret = new SigningSecret(rotated.get("secret").asString());
        secrets.mustNotTell(secret.text());
        assertThat(Instant.parse(rotated.get("former_secret_until").asString())).isAfter(Instant.now());

        ada.tells("order.paid", "1");

        await().atMost(SOON).until(() -> receiver.received("/").size() == 1);
        isSignedBy(secret, receiver.received("/").getFirst());
        isSignedBy(endpoint.secret(), receiver.received("/").getFirst());
        assertThat(ada.get(endpoint.path()).text()).doesNotContain("whsec_");
        assertThat(column("secret || former_secret", endpoint)).doesNotContain("whsec_");
    }

    @Test
    void signsTheBodyAloneTooForAnEndpointThatAsksForIt() {
        var created = ada.post("/endpoints", "{\"url\":\"" + receiver.url("/") + "\",\"legacy_signature\":true}")
                .expect(201)
                .json();
        assertThat(created.get("legacy_signature").asBoolean()).isTrue();
        var endpoint = new Endpoint(
                created.get("id").asString(),
                new SigningSecret(created.get("secret").asString()));

        String event = ada.tells("order.paid", "{\"who\":\"Ayşe\"}");
        isSignedInHexBy(endpoint.secret(), requestNumber(1));
        ada.post(endpoint.path() + "/replay", "{\"event_id\":\"" + event + "\"}")
                .expect(202);
        isSignedInHexBy(endpoint.secret(), requestNumber(2));

        // The newest secret signs at once: the header has room for one signature.
        var rotated =
                ada.post(endpoint.path() + "/rotate-secret", "").expect(200).json();
        assertThat(rotated.get("legacy_signature").asBoolean()).isTrue();
        ada.tells("order.paid", "2");
        isSignedInHexBy(new SigningSecret(rotated.get("secret").asString()), requestNumber(3));

        // Fields that are missing in a change stay unchanged.
        assertThat(ada.send("PATCH", endpoint.path(), "{\"description\":\"x\"}")
                        .expect(200)
                        .json()
                        .get("legacy_signature")
                        .asBoolean())
                .isTrue();
        ada.send("PATCH", endpoint.path(), "{\"legacy_signature\":false}").expect(200);
        ada.tells("order.paid", "3");
        assertThat(requestNumber(4).header("X-Webhook-Signature")).isEmpty();
        ada.send("PATCH", endpoint.path(), "{\"legacy_signature\":\"yes\"}").expect(400);
    }

    private Received requestNumber(int number) {
        await().atMost(SOON).until(() -> receiver.received("/").size() == number);
        var request = receiver.received("/").getLast();
        assertThat(request.header("X-Event-Type")).isEqualTo("order.paid");
        return request;
    }

    /** As the documents say, without our own classes. */
    private static void isSignedInHexBy(SigningSecret secret, Received request) {
        isSignedBy(secret, request);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.text().getBytes(UTF_8), "HmacSHA256"));
            assertThat(request.header("X-Webhook-Signature"))
                    .isEqualTo(
                            HexFormat.of().formatHex(mac.doFinal(request.body().getBytes(UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keepsSigningWithTheOldSecretWhenTheNewOneIsReplaced() {
        var endpoint = ada.adds(receiver.url("/"));
        var lost = ada.post(endpoint.path() + "/rotate-secret", "").expect(200).json();
        var last = ada.post(endpoint.path() + "/rotate-secret", "").expect(200).json();
        secrets.mustNotTell(lost.get("secret").asString());
        secrets.mustNotTell(last.get("secret").asString());
        assertThat(last.get("former_secret_until")).isEqualTo(lost.get("former_secret_until"));

        ada.tells("order.paid", "1");

        await().atMost(SOON).until(() -> receiver.received("/").size() == 1);
        isSignedBy(endpoint.secret(), receiver.received("/").getFirst());
        isSignedBy(
                new SigningSecret(last.get("secret").asString()),
                receiver.received("/").getFirst());
    }

    @Test
    void keepsSecretsReadableWhenTheKeyChanges(
            @Autowired DatabaseClient database, @Value("${frontdesk.events.key}") String key) {
        var endpoint = ada.adds(receiver.url("/"));
        ada.post(endpoint.path() + "/rotate-secret", "").expect(200);
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        String otherKey = Base64.getEncoder().encodeToString(bytes);
        var after = new SigningSecrets(new SealedSecrets(otherKey));

        new EndpointSecretResealing(database, new SealedSecrets(otherKey, key))
                .run()
                .block(SOON);
        String former = column("former_secret", endpoint);
        // Other tests need the key of the environment.
        new EndpointSecretResealing(database, new SealedSecrets(key, otherKey))
                .run()
                .block(SOON);

        assertThat(after.open(former, WebhookEndpoint.secretOwner(UUID.fromString(endpoint.id()))))
                .isEqualTo(endpoint.secret());
        ada.tells("order.paid", "1");
        await().atMost(SOON).until(() -> receiver.received("/").size() == 1);
        isSignedBy(endpoint.secret(), receiver.received("/").getFirst());
    }

    @Test
    void replaysRequestedEvents() {
        receiver.answers("/", status(410));
        var endpoint = ada.adds(receiver.url("/"), "order.*");
        String failed = ada.tells("order.failed", "1");
        await().atMost(SOON)
                .until(() -> !ada.get(endpoint.path()).json().get("enabled").asBoolean());
        ada.post(endpoint.path() + "/replay", "{\"event_id\":\"" + failed + "\"}")
                .expect(409);
        ada.send("PATCH", endpoint.path(), "{\"enabled\":true}").expect(200);
        String fine = ada.tells("order.fine", "2");
        logOf(endpoint, "?event_id=" + fine, 1);

        ada.post(endpoint.path() + "/replay", "{\"from\":\"2000-01-01T00:00:00Z\"}")
                .expect(202);
        logOf(endpoint, "?event_id=" + failed, 2);
        ada.post(endpoint.path() + "/replay", "{\"event_id\":\"" + fine + "\"}").expect(202);
        logOf(endpoint, "?event_id=" + fine, 2);
        ada.post(endpoint.path() + "/replay", "{\"from\":\"2000-01-01T00:00:00Z\",\"only_failed\":false}")
                .expect(202);

        logOf(endpoint, "?event_id=" + failed, 3);
        logOf(endpoint, "?event_id=" + fine, 3);
        assertThat(receiver.received("/")).hasSize(6);
        ada.post(endpoint.path() + "/test", "").expect(202);
        await().atMost(SOON)
                .until(() -> receiver.received("/").stream()
                        .anyMatch(it -> it.body().contains("\"type\":\"webhook.test\"")));
    }

    @Test
    void deletesEventsOfADeletedAccount() {
        var acme = administratorOf(TENANT);
        var endpoint = acme.adds(receiver.url("/"), "account.verified", "account.deleted");
        var account = UUID.randomUUID();
        var event = world.happens(verified(account, "en"));
        await().atMost(SOON).until(() -> receiver.received("/").size() == 1);
        String email = JSON.readTree(receiver.received("/").getFirst().body())
                .get("data")
                .get("email")
                .asString();

        world.happens(new AccountDeleted(TENANT, account, email, "Ayşe", "en", Instant.now()));

        await().atMost(SOON).until(() -> receiver.received("/").size() == 2);
        assertThat(receiver.received("/").getLast().body())
                .contains("account.deleted", account.toString())
                .doesNotContain(email);
        assertThat(rows.value("SELECT count(*) FROM notification.webhook_events WHERE body LIKE ?", "%" + email + "%"))
                .isEqualTo("0");
        assertThat(rows.value(
                        "SELECT count(*) FROM notification.webhook_attempts WHERE event_id = CAST(? AS uuid)",
                        event.id().toString()))
                .isEqualTo("0");
        acme.send("DELETE", endpoint.path(), "").expect(204);
    }

    @Test
    void showsNothingToOtherTenants() {
        var endpoint = ada.adds(receiver.url("/"));
        String event = ada.tells("order.paid", "1");
        var line = logOf(endpoint, "", 1).getFirst();
        var bob = administratorOf("bob");

        assertThat(bob.get("/endpoints").text()).doesNotContain(endpoint.id());
        assertThat(bob.get("/events").text()).doesNotContain(event);
        for (String path :
                List.of("", "/attempts", "/attempts/" + line.get("id").asString())) {
            bob.get(endpoint.path() + path).expect(404);
        }
        for (String path : List.of("/rotate-secret", "/test")) {
            bob.post(endpoint.path() + path, "").expect(404);
        }
        bob.post(endpoint.path() + "/replay", "{\"event_id\":\"" + event + "\"}")
                .expect(404);
        bob.send("PATCH", endpoint.path(), "{\"enabled\":false}").expect(404);
        bob.send("DELETE", endpoint.path(), "").expect(404);
        assertThat(ada.get(endpoint.path()).json().get("enabled").asBoolean()).isTrue();
        var bobs = bob.adds(receiver.url("/bob"));
        bob.post(bobs.path() + "/replay", "{\"event_id\":\"" + event + "\"}").expect(400);
    }

    @Test
    void refusesWhatItCanNotDoAndNamesTheField() {
        var endpoint = ada.adds(receiver.url("/"));
        refuses("/endpoints", "{}", "url");
        refuses("/endpoints", "{\"url\":\"http://10.0.0.1/\"}", "url");
        refuses("/endpoints", "{\"url\":\"https://2130706433/\"}", "url");
        refuses("/endpoints", "{\"url\":\"https://shop.example/\",\"event_types\":[]}", "event_types");
        refuses("/endpoints", "{\"url\":\"https://shop.example/\",\"event_types\":[null]}", "event_types");
        refuses("/endpoints", "{\"url\":\"https://shop.example/\",\"event_types\":[\"a*\"]}", "event_types");
        refuses("/endpoints", "{\"url\":\"https://shop.example/\",\"description\":\"a\\nb\"}", "description");
        refuses("/endpoints", "{\"url\":\"https://shop.example/\",\"secret\":\"mine\"}", "secret");
        refuses("/events", "{}", "type");
        refuses("/events", "{\"type\":\"order.paid\"}", "data");
        refuses("/events", "{\"type\":\"account.verified\",\"data\":{}}", "type");
        refuses("/events", "{\"type\":\"a b\",\"data\":{}}", "type");
        refuses("/events", "{\"type\":\"order.paid\",\"data\":\"\\u0000\"}", "data");
        refuses(endpoint.path() + "/replay", "{}", "event_id");
        refuses(endpoint.path() + "/replay", "{\"event_id\":\"7\"}", "event_id");
        refuses(endpoint.path() + "/replay", "{\"from\":\"yesterday\"}", "from");
        for (String to : List.of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")) {
            refuses(endpoint.path() + "/replay", "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"" + to + "\"}", "to");
        }
        refuses(endpoint.path() + "/replay", "{\"from\":\"2999-01-01T00:00:00Z\"}", "from");
        ada.post("/events", "{\"type\":\"order.paid\",\"data\":\"" + "a".repeat(70_000) + "\"}")
                .expect(413);
        assertThat(ada.get("/endpoints").json().get("endpoints")).hasSize(1);
        assertThat(ada.get("/events").json().get("events")).isEmpty();
    }

    private void refuses(String path, String body, String field) {
        var answer = ada.post(path, body).expect(400);
        assertThat(answer.json().get("errors").get(0).get("field").asString())
                .as(body)
                .isEqualTo(field);
    }

    /** The lines of the log, newest first, once there are that many. */
    private List<JsonNode> logOf(Endpoint endpoint, String query, int lines) {
        return await().atMost(SOON)
                .until(
                        () -> ada.get(endpoint.path() + "/attempts" + query)
                                .json()
                                .get("attempts")
                                .valueStream()
                                .toList(),
                        found -> found.size() == lines);
    }

    private void set(String values, Endpoint endpoint) {
        rows.value(
                "UPDATE notification.webhook_endpoints SET " + values + " WHERE id = CAST(? AS uuid) RETURNING id",
                endpoint.id());
    }

    private String column(String expression, Endpoint endpoint) {
        return String.valueOf(rows.value(
                "SELECT " + expression + " FROM notification.webhook_endpoints WHERE id = CAST(? AS uuid)",
                endpoint.id()));
    }

    private static void isSignedBy(SigningSecret secret, Received request) {
        assertThat(request.header("webhook-signature").split(" "))
                .contains(secret.sign(
                        request.header("webhook-id"),
                        Long.parseLong(request.header("webhook-timestamp")),
                        request.body().getBytes(UTF_8)));
    }
}
