package dev.frontdesk.gateway.usage;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.gateway.backends.KnownCallers.Person;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with keys and sessions through two gateways, and what the tenants are told of them. Each test has its own tenant. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.limits.tenant.per-day=1000000",
            "frontdesk.gateway.breakers.calls=1000",
            "frontdesk.gateway.limits.answer-within=1s",
        })
@WithServers(value = KAFKA, own = REDIS)
class UsageIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Less than the driver sends with each key. */
    private static final Quotas FEW = new Quotas(15L, 1000L, 10_000L);

    private static final int EACH = 20;

    @Autowired
    private Redis redis;

    @Autowired
    private TestEnvironment environment;

    private final JsonMapper json;
    private final KnownCallers callers;
    private @Nullable ConfigurableApplicationContext other;
    private Runnable repair = () -> {};

    /** What the driver has sent, by the id of the key or the account; the requests and the refused ones. */
    private static final class Sent {

        private RequestCount tenant = RequestCount.NONE;
        private final Map<String, RequestCount> keys = new HashMap<>();
        private final Map<String, RequestCount> accounts = new HashMap<>();

        void add(@Nullable ApiKeyText key, @Nullable Person person, int status) {
            assertThat(status).isIn(200, 429);
            var count = status == 429 ? RequestCount.ONE_REFUSED : RequestCount.ONE_ALLOWED;
            tenant = tenant.plus(count);
            if (key != null) {
                keys.merge(key.id().toString(), count, RequestCount::plus);
            }
            if (person != null) {
                accounts.merge(person.account().toString(), count, RequestCount::plus);
            }
        }
    }

    UsageIT(@Autowired JsonMapper json) {
        this.json = json;
        this.callers = new KnownCallers(json);
    }

    @BeforeEach
    void services() {
        Stream.of(registration, sessions.http, cache).forEach(it -> it.answers(callers::answer));
        await().atMost(LONG).until(() -> show("default", "").getStatus().value() == 200);
    }

    @AfterEach
    void repair() {
        repair.run();
        if (other != null) {
            other.close();
        }
    }

    @Test
    void isExactlyWhatTwoGatewaysServedAlsoAfterAnOutageAndAStop() {
        var sent = new Sent();
        var one = callers.key("acme", FEW, "cache:read");
        var two = callers.key("acme", FEW, "cache:read");
        var ada = callers.person("acme", "member");
        var bob = callers.person("acme", "member");
        var stopped = otherGateway();
        int there = Instances.port(stopped);
        var ports = List.of(port, there);
        drive(sent, ports, one, two, ada, bob);

        awaitUsage("acme", sent);
        assertThat(sent.tenant.refused()).isPositive();

        repair = redis::resume;
        redis.pause();
        drive(sent, ports, one, two, ada, bob);
        redis.resume();
        awaitUsage("acme", sent);

        drive(sent, List.of(there), one, two, ada, bob);
        stopped.close();
        awaitUsage("acme", sent);

        assertThat(usage("other", "").get("request_count").asLong()).isZero();
        assertThat(usage("other", "").get("api_keys")).isEmpty();
        assertThat(usage("other", "").get("accounts")).isEmpty();
        assertThat(show("other", "/api-keys/" + one.id()).getStatus().value()).isEqualTo(404);
    }

    @Test
    void isCountedWhileRedisIsStopped() {
        var sent = new Sent();
        var one = callers.key("small", FEW, "cache:read");
        var two = callers.key("small", FEW, "cache:read");
        var ada = callers.person("small", "member");
        repair = redis::start;
        redis.stop();
        drive(sent, List.of(port), one, two, ada, ada);
        redis.start();
        repair = () -> {};

        awaitUsage("small", sent);
    }

    @Test
    void tellsTheUsageAndTheLimitsOfAKeyAndOfAnAccount() {
        var key = callers.key("other", FEW, "cache:read");
        var admin = callers.key("other", FEW, "usage:read");
        var ada = callers.person("other", "member");
        for (int i = 0; i < 3; i++) {
            assertThat(send(port, key, ada)).isEqualTo(200);
        }
        await().atMost(LONG)
                .until(() -> usage("other", "/api-keys/" + key.id())
                                .get("request_count")
                                .asLong()
                        == 3);

        var ofKey = read(get("/api/v1/usage/api-keys/" + key.id() + "?interval=day", with(admin)));
        assertThat(ofKey.get("interval").asString()).isEqualTo("day");
        assertThat(ofKey.get("periods")).hasSize(31);
        assertThat(ofKey.get("periods").get(30).get("request_count").asLong()
                        + ofKey.get("periods").get(29).get("request_count").asLong())
                .isEqualTo(3);
        assertThat(ofKey.get("periods").get(30).get("to")).isEqualTo(ofKey.get("to"));
        assertThat(bound(ofKey, "minute").toString())
                .matches("\\{\"bound\":\"minute\",\"limit\":15,\"used\":3,\"remaining\":12,\"reset_ms\":[0-9]+}");
        var ofAccount = usage("other", "/accounts/" + ada.account());
        assertThat(ofAccount.get("periods")).hasSize(24);
        assertThat(ofAccount.get("request_count").asLong()).isEqualTo(3);
        assertThat(bound(ofAccount, "burst").get("limit").asLong()).isEqualTo(100_000);
        assertThat(bound(usage("other", ""), "day").get("used").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(usage("other", "/accounts/" + UUID.randomUUID())
                        .get("request_count")
                        .asLong())
                .isZero();

        // Its requests stay when it is revoked. The gateway may know it for some time.
        callers.revoke(key);
        assertThat(usage("other", "/api-keys/" + key.id()).get("request_count").asLong())
                .isEqualTo(3);
    }

    @Test
    void isForAdministratorsAndKeysWithTheScopeAndCostsFiveRequests() {
        assertThat(get("/api/v1/usage", _ -> {}).getStatus().value()).isEqualTo(401);
        var member = callers.person("acme", "member");
        assertThat(get("/api/v1/usage", headers -> headers.setBearerAuth(member.token()))
                        .getStatus()
                        .value())
                .isEqualTo(403);
        assertThat(get("/api/v1/usage", with(callers.key("acme", FEW, "cache:administer")))
                        .getStatus()
                        .value())
                .isEqualTo(403);
        var administrator = callers.person("acme", "administrator");
        assertThat(get("/api/v1/usage", headers -> headers.setBearerAuth(administrator.token()))
                        .getStatus()
                        .value())
                .isEqualTo(200);

        var told = get("/api/v1/usage", with(callers.key("acme", FEW, "usage:read")));
        assertThat(told.getStatus().value()).isEqualTo(200);
        assertThat(told.getResponseHeaders().getFirst("X-RateLimit-Remaining-Minute"))
                .isEqualTo("10");
        assertThat(told.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(told.getResponseHeaders().getFirst("X-Trace-Id")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?interval=week",
                "?interval=",
                "?from=yesterday",
                "?from=2020-01-01T00:00:00Z",
                "?from=2100-01-01T00:00:00Z",
                "?to=2100-01-01T00:00:00Z",
                "?to=2020-01-01T00:00:00Z",
                "?limit=5",
                "?interval=day&interval=day",
            })
    void refusesBadInput(String query) {
        for (String path : List.of("", "/api-keys/" + UUID.randomUUID(), "/accounts/" + UUID.randomUUID())) {
            var refused = show("acme", path + query);
            assertThat(refused.getStatus().value()).isEqualTo(400);
            assertThat(read(refused).get("errors").toString()).doesNotContain("yesterday", "week");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api-keys/1", "/accounts/no-uuid", "/api-keys", "/tenants/acme", "/"})
    void findsNothingAtOtherPaths(String path) {
        var missing = show("acme", path);
        assertThat(missing.getStatus().value()).isEqualTo(404);
        assertThat(read(missing).get("type").asString()).endsWith("/not-found");
    }

    @Test
    void refusesOtherMethodsAndBodies() {
        var posted = client().post()
                .uri("/api/v1/usage")
                .headers(operator("acme"))
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(posted.getStatus().value()).isEqualTo(405);
        assertThat(posted.getResponseHeaders().getFirst("Allow")).contains("GET");
        var withBody = client().method(HttpMethod.GET)
                .uri("/api/v1/usage")
                .headers(operator("acme"))
                .bodyValue("{}")
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(withBody.getStatus().value()).isEqualTo(400);
    }

    @Test
    void answers503WhileRedisDoesNotAnswer() {
        repair = redis::resume;
        redis.pause();
        for (String path : List.of("", "/accounts/" + UUID.randomUUID())) {
            var failed = show("default", path);
            assertThat(failed.getStatus().value()).isEqualTo(503);
            assertThat(read(failed).get("type").asString()).endsWith("/unavailable");
        }
    }

    private ConfigurableApplicationContext otherGateway() {
        var started = Instances.gateway(
                environment,
                registration.url(),
                "frontdesk.gateway.limits.tenant.per-day=1000000",
                "frontdesk.gateway.breakers.calls=1000");
        other = started;
        return started;
    }

    /** In turn through each gateway. */
    private void drive(Sent sent, List<Integer> ports, ApiKeyText one, ApiKeyText two, Person ada, Person bob) {
        for (int i = 0; i < EACH; i++) {
            int gateway = ports.get(i % ports.size());
            sent.add(one, null, send(gateway, one, null));
            sent.add(two, ada, send(gateway, two, ada));
            sent.add(null, ada, send(gateway, null, ada));
            sent.add(null, bob, send(gateway, null, bob));
        }
    }

    private void awaitUsage(String tenant, Sent sent) {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            var usage = usage(tenant, "");
            assertThat(countIn(usage)).isEqualTo(sent.tenant);
            assertThat(counts(usage.get("api_keys"), "api_key_id")).isEqualTo(sent.keys);
            assertThat(counts(usage.get("accounts"), "account_id")).isEqualTo(sent.accounts);
            assertThat(countIn(usage.get("other_api_keys"))).isEqualTo(RequestCount.NONE);
            assertThat(countIn(usage.get("other_accounts"))).isEqualTo(RequestCount.NONE);
            assertThat(usage.get("periods")
                            .valueStream()
                            .map(UsageIT::countIn)
                            .reduce(RequestCount.NONE, RequestCount::plus))
                    .isEqualTo(sent.tenant);
        });
    }

    private static Map<String, RequestCount> counts(JsonNode list, String id) {
        var counts = new HashMap<String, RequestCount>();
        list.values().forEach(it -> counts.put(it.get(id).asString(), countIn(it)));
        return counts;
    }

    private static RequestCount countIn(JsonNode node) {
        return new RequestCount(
                node.get("request_count").asLong(), node.get("refused_count").asLong());
    }

    private static JsonNode bound(JsonNode usage, String bound) {
        return usage.get("bounds")
                .valueStream()
                .filter(it -> it.get("bound").asString().equals(bound))
                .findFirst()
                .orElseThrow();
    }

    private int send(int gateway, @Nullable ApiKeyText key, @Nullable Person person) {
        return TestClients.at(gateway)
                .responseTimeout(LONG)
                .build()
                .get()
                .uri("/api/v1/cache/names/a")
                .headers(headers -> {
                    if (key != null) {
                        headers.set("X-API-Key", key.text());
                    }
                    if (person != null) {
                        headers.setBearerAuth(person.token());
                    }
                })
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private JsonNode usage(String tenant, String path) {
        var told = show(tenant, path);
        assertThat(told.getStatus().value()).isEqualTo(200);
        return read(told);
    }

    private EntityExchangeResult<byte[]> show(String tenant, String path) {
        return get("/api/v1/usage" + path, operator(tenant));
    }

    private EntityExchangeResult<byte[]> get(String path, Consumer<HttpHeaders> headers) {
        return client().get().uri(path).headers(headers).exchange().expectBody().returnResult();
    }

    private Consumer<HttpHeaders> operator(String tenant) {
        return headers -> {
            headers.set("X-API-Key", environment.variable("FRONTDESK_OPERATOR_KEY"));
            headers.set("X-Tenant-Id", tenant);
        };
    }

    private static Consumer<HttpHeaders> with(ApiKeyText key) {
        return headers -> headers.set("X-API-Key", key.text());
    }

    private JsonNode read(EntityExchangeResult<byte[]> told) {
        return json.readTree(told.getResponseBodyContent());
    }
}
