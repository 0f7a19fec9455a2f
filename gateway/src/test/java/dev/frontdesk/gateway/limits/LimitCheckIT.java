package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applications limit subjects of their own. */
@TestPropertySource(
        properties = {
            // Only the windows, and no local decision on a slow machine.
            "frontdesk.gateway.limits.api-key.refill=0",
            "frontdesk.gateway.limits.api-key.capacity=0",
            "frontdesk.gateway.limits.answer-within=20s",
        })
@WithServers({REDIS_CLUSTER, KAFKA})
class LimitCheckIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CHECK = "/api/v1/limits/check";
    private static final Quotas MANY = new Quotas(100_000L, 100_000L, 100_000L);
    private static final int LIMIT = 37;
    private static final int CALLS = 200;

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private MeterRegistry meters;

    private final JsonMapper json;
    private final KnownCallers callers;
    private final ApiKeyText key;
    private final String subject = "user-" + UUID.randomUUID();

    LimitCheckIT(@Autowired JsonMapper json) {
        this.json = json;
        this.callers = new KnownCallers(json);
        this.key = callers.key("acme", MANY, "limits:write");
    }

    @BeforeEach
    void servicesKnowTheCallers() {
        registration.answers(callers::answer);
        sessions.http.answers(callers::answer);
        await().atMost(LONG)
                .until(() -> sent(with(key), body("name", "ready", "per_day", 1000))
                                .getStatus()
                                .value()
                        == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"per_minute", "per_hour", "per_day"})
    void allowsExactlyTheLimitOfParallelChecksAtTwoGateways(String limit) {
        String body = body("name", "exports", limit, LIMIT);
        var connections = ConnectionProvider.create("parallel", CALLS);
        try (var twin = Instances.gateway(
                environment,
                registration.url(),
                "frontdesk.gateway.limits.api-key.refill=0",
                "frontdesk.gateway.limits.api-key.capacity=0",
                "frontdesk.gateway.limits.answer-within=20s")) {
            int other = Instances.port(twin);
            List<Boolean> allowed = Flux.range(0, CALLS)
                    .flatMap(i -> call(connections, i % 2 == 0 ? port : other, body), CALLS)
                    .collectList()
                    .blockOptional(LONG)
                    .orElseThrow();

            assertThat(allowed).hasSize(CALLS);
            assertThat(allowed).filteredOn(it -> it).hasSize(LIMIT);
            assertThat(used(check(mode(body, "peek")), 0)).isEqualTo(LIMIT);
        } finally {
            connections.dispose();
        }
    }

    private Mono<Boolean> call(ConnectionProvider connections, int to, String body) {
        return HttpClient.create(connections)
                .headers(headers -> headers.set("X-API-Key", key.text()).set("Content-Type", "application/json"))
                .post()
                .uri("http://127.0.0.1:" + to + CHECK)
                .send(ByteBufMono.fromString(Mono.just(body)))
                .responseSingle((answer, content) -> content.asString())
                .map(text -> json.readTree(text).get("allowed").asBoolean());
    }

    @Test
    void tellsWhatIsLeftAndWhatToAnswer() {
        String body = body("name", "exports", "per_hour", 2, "per_day", 5);

        var first = sent(with(key), body);
        assertThat(bodyOf(first).toString()).matches("""
                \\{"allowed":true,"degraded":false,"bounds":\\[\
                \\{"bound":"hour","limit":2,"used":1,"remaining":1,"reset_ms":[0-9]+},\
                \\{"bound":"day","limit":5,"used":1,"remaining":4,"reset_ms":[0-9]+}],\
                "headers":\\{"X-RateLimit-Limit-Hour":"2","X-RateLimit-Remaining-Hour":"1",\
                "X-RateLimit-Limit-Day":"5","X-RateLimit-Remaining-Day":"4",\
                "RateLimit-Policy":"\\\\"exports-hour\\\\";q=2;w=3600, \\\\"exports-day\\\\";q=5;w=86400",\
                "RateLimit":"\\\\"exports-hour\\\\";r=1;t=[0-9]+, \\\\"exports-day\\\\";r=4;t=[0-9]+"}}""");
        // The response's own headers are about the key.
        assertThat(first.getResponseHeaders().getFirst("RateLimit-Policy"))
                .contains("\"minute\";q=100000")
                .doesNotContain("exports");
        assertThat(first.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("no-store");

        assertThat(check(body).get("allowed").asBoolean()).isTrue();
        var refused = check(body);
        assertThat(refused.get("allowed").asBoolean()).isFalse();
        assertThat(refused.get("reason").asString()).isEqualTo("per_hour");
        long wait = refused.get("retry_after").asLong();
        assertThat(wait).isBetween(1L, 3720L);
        assertThat(refused.get("headers").get("Retry-After").asString()).isEqualTo(Long.toString(wait));
        assertThat(used(refused, 0)).isEqualTo(2);
        assertThat(used(refused, 1)).isEqualTo(2);
    }

    @Test
    void takesTheCostFromTheBucketToo() {
        String body = body("name", "exports", "refill", 1, "capacity", 1000, "per_day", 1000);

        var taken = check(cost(body, 900));
        assertThat(taken.get("allowed").asBoolean()).isTrue();
        assertThat(taken.get("bounds").get(0).get("bound").asString()).isEqualTo("burst");
        assertThat(used(taken, 1)).isEqualTo(900);
        // The bucket fills by one a second: 400 would need minutes.
        var refused = check(cost(body, 500));
        assertThat(refused.get("reason").asString()).isEqualTo("per_day");
        assertThat(used(check(mode(body, "peek")), 1)).isEqualTo(900);
    }

    @Test
    void aPeekCountsNothing() {
        String body = body("name", "exports", "per_day", 10);
        check(cost(body, 6));

        for (int i = 0; i < 5; i++) {
            var fits = check(cost(mode(body, "peek"), 4));
            assertThat(fits.get("allowed").asBoolean()).isTrue();
            assertThat(used(fits, 0)).isEqualTo(6);
            var doesNot = check(cost(mode(body, "peek"), 5));
            assertThat(doesNot.get("allowed").asBoolean()).isFalse();
            assertThat(doesNot.get("retry_after").asLong()).isPositive();
            assertThat(used(doesNot, 0)).isEqualTo(6);
        }
        assertThat(check(cost(body, 4)).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void theMetricHasTakesOnly() {
        String body = body("name", "exports", "per_day", 1);
        double allowed = decided("allowed", "none");
        double refused = decided("refused", "day");

        check(mode(body, "peek"));
        check(body);
        check(body);
        check(mode(body, "peek"));
        check(refund(body, UUID.randomUUID()));

        assertThat(decided("allowed", "none")).isEqualTo(allowed + 1);
        assertThat(decided("refused", "day")).isEqualTo(refused + 1);
    }

    private double decided(String outcome, String bound) {
        return meters.get("frontdesk.gateway.limits.requests")
                .tags("subject", "custom", "outcome", outcome, "bound", bound)
                .counter()
                .count();
    }

    @Test
    void aRefundGivesBackOnce() {
        String body = body("name", "exports", "per_day", 10);
        check(cost(body, 9));
        String refund = refund(cost(body, 3), UUID.randomUUID());

        for (int i = 0; i < 3; i++) {
            var refunded = check(refund);
            assertThat(refunded.get("allowed").asBoolean()).isTrue();
            assertThat(used(refunded, 0)).isEqualTo(6);
        }
        assertThat(used(check(refund(cost(body, 3), UUID.randomUUID())), 0)).isEqualTo(3);
        // At most what is counted.
        assertThat(used(check(refund(cost(body, 10), UUID.randomUUID())), 0)).isZero();
    }

    @Test
    void aRefundAdmitsASubjectThatWasRefusedAMomentAgo() {
        String body = body("name", "exports", "per_day", 1);
        check(body);
        assertThat(check(body).get("allowed").asBoolean()).isFalse();

        check(refund(body, UUID.randomUUID()));

        assertThat(check(body).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void subjectsPoliciesAndTenantsAreIndependent() {
        String body = body("name", "exports", "per_day", 3);
        check(cost(body, 3));
        assertThat(check(body).get("allowed").asBoolean()).isFalse();

        assertThat(used(check(body.replace(subject, subject + "0")), 0)).isEqualTo(1);
        assertThat(used(check(body.replace("exports", "imports")), 0)).isEqualTo(1);
        var elsewhere = callers.key("other", MANY, "limits:write");
        assertThat(used(bodyOf(sent(with(elsewhere), body)), 0)).isEqualTo(1);
        assertThat(used(bodyOf(sent(with(elsewhere), refund(body, UUID.randomUUID()))), 0))
                .isZero();
        assertThat(used(check(mode(body, "peek")), 0)).isEqualTo(3);
        // Another key of the tenant has the same subjects, with a limit of its own choice.
        var sibling = callers.key("acme", MANY, "limits:write");
        assertThat(used(bodyOf(sent(with(sibling), body.replace(":3", ":9"))), 0))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "127.0.0.1", "KEY"})
    void doesNotReachTheGatewaysOwnCounters(String name) {
        var own = callers.key("acme", new Quotas(50L, 50L, 50L), "limits:write");
        String body = body("name", "exports", "per_minute", 1_000_000)
                .replace(subject, name.equals("KEY") ? own.id().toString() : name);

        check(cost(body, 1_000_000));
        var answer = sent(with(own), mode(body, "peek"));

        assertThat(answer.getResponseHeaders().getFirst("X-RateLimit-Remaining-Minute"))
                .isEqualTo("49");
        assertThat(bodyOf(answer).get("allowed").asBoolean()).isFalse();
        for (int i = 0; i < 3; i++) {
            sent(with(own), refund(cost(body, 1_000_000), UUID.randomUUID()));
        }
        assertThat(sent(with(own), mode(body, "peek")).getResponseHeaders().getFirst("X-RateLimit-Remaining-Minute"))
                .isEqualTo("45");
    }

    @Test
    void countsAndLimitsTheCallingKey() {
        var poor = callers.key("acme", new Quotas(2L, 2L, 2L), "limits:write");
        String body = body("name", "exports", "per_day", 100);
        assertThat(sent(with(poor), body).getStatus().value()).isEqualTo(200);
        assertThat(sent(with(poor), mode(body, "peek")).getStatus().value()).isEqualTo(200);

        assertThat(sent(with(poor), body).getStatus().value()).isEqualTo(429);
        assertThat(used(check(mode(body, "peek")), 0)).isEqualTo(1);
    }

    @Test
    void isForAdministratorsAndKeysWithTheScope() {
        String body = body("name", "exports", "per_day", 100);
        var administrator = callers.person("acme", "administrator");
        var member = callers.person("acme", "member");

        assertThat(sent(_ -> {}, body).getStatus().value()).isEqualTo(401);
        assertThat(sent(headers -> headers.setBearerAuth(member.token()), body)
                        .getStatus()
                        .value())
                .isEqualTo(403);
        for (String scope : List.of("limits:read", "introspection:administer", "usage:read")) {
            assertThat(sent(with(callers.key("acme", MANY, scope)), body)
                            .getStatus()
                            .value())
                    .isEqualTo(403);
        }
        assertThat(sent(headers -> headers.setBearerAuth(administrator.token()), body)
                        .getStatus()
                        .value())
                .isEqualTo(200);
        assertThat(used(check(mode(body, "peek")), 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | subject,policy.name,policy",
                "{\"subject\":null,\"policy\":null} | subject,policy.name,policy",
                "{\"subject\":\"\",\"policy\":{\"name\":\"a\",\"per_day\":1}} | subject",
                "{\"subject\":\"LONG\",\"policy\":{\"name\":\"a\",\"per_day\":1}} | subject",
                "{\"subject\":\"\\ud800\",\"policy\":{\"name\":\"a\",\"per_day\":1}} | subject",
                "{\"subject\":1,\"policy\":{\"name\":\"a\",\"per_day\":1}} | subject",
                "{\"subject\":\"a\",\"policy\":{\"per_day\":1}} | policy.name",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"A\",\"per_day\":1}} | policy.name",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a.b\",\"per_day\":1}} | policy.name",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a-\",\"per_day\":1}} | policy.name",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"\\\"\",\"per_day\":1}} | policy.name",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\"}} | policy",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":0}} | policy.per_day",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_hour\":-1}} | policy.per_hour",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_minute\":1000000001}} | policy.per_minute",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1.5}} | policy.per_day",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":\"1\"}} | policy.per_day",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":99999999999999999999}} | policy.per_day",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"capacity\":1}} | policy.refill",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"refill\":1}} | policy.capacity",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"refill\":2,\"capacity\":1}} | policy.capacity",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"refill\":1000001,\"capacity\":1000001}} | policy.refill,policy.capacity",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"refill\":1,\"capacity\":86401}} | policy.capacity",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1,\"mode\":\"shadow\"}} | policy.mode",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1,\"without_redis\":\"OPEN\"}} | policy.without_redis",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"cost\":0} | cost",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":9,\"per_hour\":3},\"cost\":4} | cost",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"mode\":\"give\"} | mode",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"mode\":\"refund\"} | refund_id",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"mode\":\"refund\",\"refund_id\":\"1\"} | refund_id",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"refund_id\":\"99f7ee6c-1e8c-4b4a-9c0b-6d8a3f8f7c11\"} | refund_id",
                "{\"subject\":\"a\",\"policy\":{\"name\":\"a\",\"per_day\":1},\"tenant\":\"other\"} | tenant",
            })
    void refusesWrongFields(String body, String fields) {
        var answer = sent(with(key), body.replace("LONG", "x".repeat(201)));

        assertThat(answer.getStatus().value()).isEqualTo(400);
        assertThat(bodyOf(answer)
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .containsExactly(fields.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "{", "{} {}"})
    void refusesWhatIsNoCheck(String body) {
        assertThat(sent(with(key), body).getStatus().value()).isEqualTo(400);
    }

    @Test
    void acceptsTheLongestSubjectAndNoLargeBodyOrOtherType() {
        String face = "\uD83D\uDE00";
        String body = body("name", "a".repeat(63), "per_day", 1).replace(subject, face.repeat(200));
        assertThat(check(body).get("allowed").asBoolean()).isTrue();
        assertThat(check(body.replaceFirst(face, "")).get("allowed").asBoolean())
                .isTrue();

        assertThat(sent(with(key), body + " ".repeat(9000)).getStatus().value()).isEqualTo(413);
        assertThat(client().post()
                        .uri(CHECK)
                        .headers(with(key))
                        .contentType(MediaType.TEXT_PLAIN)
                        .bodyValue(body)
                        .exchange()
                        .returnResult(Void.class)
                        .getStatus()
                        .value())
                .isEqualTo(415);
    }

    /** @param policy names and values in turn */
    private String body(Object... policy) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < policy.length; i += 2) {
            fields.put(policy[i].toString(), policy[i + 1]);
        }
        return "{\"subject\":\"" + subject + "\",\"policy\":" + json.writeValueAsString(fields) + "}";
    }

    private static String cost(String body, int cost) {
        return body.replaceFirst("\\{", "{\"cost\":" + cost + ",");
    }

    private static String mode(String body, String mode) {
        return body.replaceFirst("\\{", "{\"mode\":\"" + mode + "\",");
    }

    private static String refund(String body, UUID id) {
        return mode(body, "refund").replaceFirst("\\{", "{\"refund_id\":\"" + id + "\",");
    }

    private JsonNode check(String body) {
        var answer = sent(with(key), body);
        assertThat(answer.getStatus().value()).isEqualTo(200);
        return bodyOf(answer);
    }

    private EntityExchangeResult<byte[]> sent(Consumer<HttpHeaders> caller, String body) {
        return client().post()
                .uri(CHECK)
                .headers(caller)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private JsonNode bodyOf(EntityExchangeResult<byte[]> answer) {
        return json.readTree(answer.getResponseBodyContent());
    }

    private static Consumer<HttpHeaders> with(ApiKeyText key) {
        return headers -> headers.set("X-API-Key", key.text());
    }

    private static long used(JsonNode checked, int bound) {
        return checked.get("bounds").get(bound).get("used").asLong();
    }
}
