package dev.frontdesk.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Inbox;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests of older documents, unchanged, get the documented responses: more fields, never fewer or different ones.
 */
@WithStack
class DocumentedRequestsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EMAIL = "user@example.com";

    private final LocalStack stack;
    private final Gateway gateway;
    private final String[] operator;

    DocumentedRequestsIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.operator = new String[] {"X-API-Key", stack.operatorKey()};
    }

    @Test
    void signsUpResendsTheCodeAndVerifiesTheAddress() {
        var registered = gateway.post("/users/register", """
                {"email": "user@example.com", "password": "SecurePass123!", "first_name": "John", "last_name": "Doe",
                 "phone": "5551234567"}""").expect(202);
        staysFor24Hours(registered);

        await().atMost(SOON).until(() -> Instant.now().isAfter(Instant.parse(registered.field("resend_at"))));
        var resent = gateway.send("POST", "/resend-verification?email=user@example.com", new byte[0])
                .expect(202);
        staysFor24Hours(resent);
        assertThat(Instant.parse(resent.field("expires_at"))).isAfter(Instant.parse(registered.field("expires_at")));

        String code = new Inbox(stack.inboxUrl()).mailTo(EMAIL, "", 2).code();
        var account = gateway.post(
                        "/users/verify-email", "{\"email\": \"user@example.com\", \"code\": \"" + code + "\"}")
                .expect(201);
        assertThat(account.field("email")).isEqualTo(EMAIL);
        assertThat(account.field("first_name")).isEqualTo("John");
        assertThat(account.field("last_name")).isEqualTo("Doe");
        assertThat(account.field("phone")).isEqualTo("+905551234567");
    }

    private void staysFor24Hours(Answer pending) {
        assertThat(pending.field("status")).isEqualTo("pending");
        assertThat(Duration.between(Instant.now(), Instant.parse(pending.field("expires_at"))))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(stack.redis().pendingRegistration(EMAIL))
                .hasValueSatisfying(ttl -> assertThat(ttl).isBetween(Duration.ofHours(23), Duration.ofHours(24)));
    }

    @Test
    void everythingIsHealthy() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(gateway.get("/health").expect(200).field("status"))
                                .isEqualTo("healthy"));
        JsonNode health = gateway.get("/health").expect(200).json();
        assertThat(health.get("version").asString()).isNotBlank();
        assertThat(health.at("/redis/status").asString()).isEqualTo("healthy");
        assertThat(health.at("/redis/connected_clients").asInt()).isPositive();
        assertThat(health.at("/redis/used_memory_human").asString()).matches("[0-9.]+[BKMG]");
        assertThat(health.at("/redis/uptime_in_seconds").isNumber()).isTrue();
        assertThat(health.at("/pending_registrations/total").isNumber()).isTrue();
        assertThat(health.at("/pending_registrations/redis_connected").asBoolean())
                .isTrue();

        JsonNode redis = gateway.get("/health/redis").expect(200).json();
        assertThat(redis.get("status").asString()).isEqualTo("healthy");
        assertThat(redis.get("redis").asString()).isEqualTo("connected");
    }

    @Test
    void queuesTellWhatIsInThem() {
        String name = "q" + UUID.randomUUID();
        String queue = "/api/v1/queues/" + name;
        gateway.put(queue, utf8("{}"), json()).expect(201);
        gateway.post(queue + "/jobs", "{}", operator).expect(201);
        gateway.post(queue + "/jobs", "{\"delay_ms\": 3600000}", operator).expect(201);

        String stats = "{\"queue\":\"" + name
                + "\",\"waiting\":1,\"active\":0,\"completed\":0,\"failed\":0,\"delayed\":1,\"total\":2}";
        assertThat(gateway.get(queue + "/stats", operator).expect(200).json()).hasToString(stats);
        assertThat(gateway.get("/api/v1/queues/stats", operator)
                        .expect(200)
                        .json()
                        .get("queues")
                        .valueStream()
                        .map(JsonNode::toString))
                .contains(stats);
        gateway.get("/api/v1/queues/no-such/stats", operator).expect(404);
    }

    private record Received(String type, String signature, byte[] body) {}

    @Test
    void webhooksAreSignedInHexadecimal() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        HttpServer application = application(received);
        try {
            var endpoint = gateway.post(
                            "/api/v1/webhooks/endpoints",
                            "{\"url\":\"http://127.0.0.1:"
                                    + application.getAddress().getPort()
                                    + "/\",\"event_types\":[\"order.*\"],\"legacy_signature\":true}",
                            operator)
                    .expect(201);
            String secret = stack.mustNotTell(endpoint.field("secret"));

            gateway.post("/api/v1/webhooks/events", "{\"type\":\"order.paid\",\"data\":{\"by\":\"Ayşe\"}}", operator)
                    .expect(202);

            var request = received.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(request.type()).isEqualTo("order.paid");
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
            assertThat(request.signature()).isEqualTo(HexFormat.of().formatHex(mac.doFinal(request.body())));
            assertThat(JsonMapper.shared()
                            .readTree(request.body())
                            .at("/data/by")
                            .asString())
                    .isEqualTo("Ayşe");
            gateway.delete("/api/v1/webhooks/endpoints/" + endpoint.field("id"), operator)
                    .expect(204);
        } finally {
            application.stop(0);
        }
    }

    private static HttpServer application(BlockingQueue<Received> received) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("X-Event-Type"),
                    exchange.getRequestHeaders().getFirst("X-Webhook-Signature"),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private String[] json() {
        return new String[] {operator[0], operator[1], "Content-Type", "application/json"};
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
