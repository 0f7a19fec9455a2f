package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applications limit subjects of their own while Redis does not answer. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.limits.api-key.refill=0",
            "frontdesk.gateway.limits.api-key.capacity=0",
        })
@WithServers(value = KAFKA, own = REDIS)
class LimitCheckOutageIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Quotas MANY = new Quotas(100_000L, 100_000L, 100_000L);

    @Autowired
    private Redis redis;

    private final JsonMapper json;
    private final KnownCallers callers;
    private final ApiKeyText key;
    private final String subject = "user-" + UUID.randomUUID();
    private Runnable repair = () -> {};

    LimitCheckOutageIT(@Autowired JsonMapper json) {
        this.json = json;
        this.callers = new KnownCallers(json);
        this.key = callers.key("acme", MANY, "limits:write");
    }

    @BeforeEach
    void awaitRedis() {
        registration.answers(callers::answer);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(check("", "local", 1).get("degraded").asBoolean())
                                .isFalse());
    }

    @AfterEach
    void repair() {
        repair.run();
    }

    @Test
    void decidesByItselfAndAddsThatLater() {
        stopRedis();

        for (int i = 0; i < 3; i++) {
            assertThat(check("\"mode\":\"peek\",", "local", 3).get("allowed").asBoolean())
                    .isTrue();
        }
        assertAllowed(check("", "local", 3), 1);
        assertAllowed(check("\"cost\":2,", "local", 3), 3);
        var refused = check("", "local", 3);
        assertThat(refused.get("allowed").asBoolean()).isFalse();
        assertThat(refused.get("degraded").asBoolean()).isTrue();
        assertThat(refused.get("headers").get("Retry-After").asLong()).isPositive();
        var peeked = check("\"mode\":\"peek\",", "local", 3);
        assertThat(peeked.get("allowed").asBoolean()).isFalse();
        assertThat(peeked.get("retry_after").asLong()).isPositive();

        redis.start();
        repair = () -> {};
        await().atMost(LONG).untilAsserted(() -> {
            var later = check("\"mode\":\"peek\",", "local", 10);
            assertThat(later.get("degraded").asBoolean()).isFalse();
            assertThat(used(later)).isEqualTo(3);
        });
    }

    private static void assertAllowed(JsonNode checked, int used) {
        assertThat(checked.get("allowed").asBoolean()).isTrue();
        assertThat(checked.get("degraded").asBoolean()).isTrue();
        assertThat(used(checked)).isEqualTo(used);
    }

    @Test
    void doesWhatThePolicySays() {
        stopRedis();

        for (int i = 0; i < 3; i++) {
            for (String mode : new String[] {"", "\"mode\":\"peek\","}) {
                var open = check(mode, "open", 1);
                assertThat(open.toString())
                        .isEqualTo("{\"allowed\":true,\"degraded\":true,\"bounds\":[],\"headers\":{}}");
            }
        }
        assertThat(sent("", "closed", 1).getStatus().value()).isEqualTo(503);
        assertThat(sent("\"mode\":\"peek\",", "closed", 1).getStatus().value()).isEqualTo(503);
        String refund = "\"mode\":\"refund\",\"refund_id\":\"" + UUID.randomUUID() + "\",";
        assertThat(sent(refund, "local", 1).getStatus().value()).isEqualTo(503);
    }

    private void stopRedis() {
        repair = redis::start;
        redis.stop();
    }

    private JsonNode check(String fields, String withoutRedis, int perDay) {
        var answer = sent(fields, withoutRedis, perDay);
        assertThat(answer.getStatus().value()).isEqualTo(200);
        return json.readTree(answer.getResponseBodyContent());
    }

    /** Each number has its own counter before the outage, so that only what is counted in it matters. */
    private EntityExchangeResult<byte[]> sent(String fields, String withoutRedis, int perDay) {
        String name = perDay == 1 ? "once" : "exports";
        return client().post()
                .uri("/api/v1/limits/check")
                .header("X-API-Key", key.text())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {%s"subject":"%s","policy":{"name":"%s","per_day":%d,"without_redis":"%s"}}""".formatted(fields, subject, name, perDay, withoutRedis))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static long used(JsonNode checked) {
        return checked.get("bounds").get(0).get("used").asLong();
    }
}
