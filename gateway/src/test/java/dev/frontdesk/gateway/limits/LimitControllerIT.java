package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operators look at limits, forget what was counted, and give requests back. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.limits.address.per-hour=1000",
            "frontdesk.gateway.limits.account.per-hour=10",
            "frontdesk.gateway.limits.tenant.per-day=1000000",
            "frontdesk.gateway.limits.tenant.mode=shadow",
            "frontdesk.gateway.trusted-proxies=127.0.0.0/8",
            "frontdesk.gateway.breakers.calls=1000",
            "frontdesk.gateway.limits.answer-within=1s",
        })
@WithServers(value = KAFKA, own = REDIS)
class LimitControllerIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LIMITS = "/api/v1/admin/limits/";

    @Autowired
    private Redis redis;

    @Autowired
    private TestEnvironment environment;

    private final JsonMapper json;
    private final KnownCallers callers;
    private Runnable repair = () -> {};

    LimitControllerIT(@Autowired JsonMapper json) {
        this.json = json;
        this.callers = new KnownCallers(json);
    }

    @BeforeEach
    void registrationServiceKnowsTheKeys() {
        registration.answers(callers::answer);
        await().atMost(LONG)
                .until(() -> as(operator("acme"), HttpMethod.GET, "accounts/" + UUID.randomUUID())
                                .getStatus()
                                .value()
                        == 200);
    }

    @AfterEach
    void repair() {
        repair.run();
    }

    @Test
    void showsResetsAndRefundsAnAccount() {
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String token = sessions.open(account);
        String path = "accounts/" + account.accountId();
        spend(4, headers -> headers.setBearerAuth(token));

        var shown = show("acme", path);
        assertThat(shown.get("kind").asString()).isEqualTo("accounts");
        assertThat(shown.get("id").asString()).isEqualTo(account.accountId().toString());
        assertThat(shown.get("mode").asString()).isEqualTo("enforce");
        assertThat(shown.get("without_redis").asString()).isEqualTo("local");
        assertThat(bound(shown, "hour").toString())
                .matches("\\{\"bound\":\"hour\",\"limit\":10,\"used\":4,\"remaining\":6,\"reset_ms\":[0-9]+}");
        assertThat(bound(shown, "burst").get("limit").asLong()).isEqualTo(100_000);
        // Looking counts nothing, and another tenant has its own accounts.
        assertThat(used(show("acme", path), "hour")).isEqualTo(4);
        assertThat(used(show("other", path), "hour")).isZero();

        refund("acme", path, UUID.randomUUID(), 3);
        assertThat(used(show("acme", path), "hour")).isEqualTo(1);
        refund("acme", path, UUID.randomUUID(), 1_000_000_000);
        assertThat(used(show("acme", path), "hour")).isZero();

        spend(2, headers -> headers.setBearerAuth(token));
        reset("other", path);
        assertThat(used(show("acme", path), "hour")).isEqualTo(2);
        reset("acme", path);
        assertThat(used(show("acme", path), "hour")).isZero();
    }

    @Test
    void showsResetsAndRefundsAnApiKeyByItsOwnQuotas() {
        var key = callers.key("acme", new Quotas(7L, null, null), "cache:read");
        String path = "api-keys/" + key.id();
        // It is not in the cache yet.
        assertThat(used(show("acme", path), "minute")).isZero();
        spend(5, headers -> headers.set("X-API-Key", key.text()));

        assertThat(bound(show("acme", path), "minute").get("remaining").asLong())
                .isEqualTo(2);
        refund("acme", path, UUID.randomUUID(), 2);
        assertThat(bound(show("acme", path), "minute").get("remaining").asLong())
                .isEqualTo(4);
        reset("acme", path);
        assertThat(used(show("acme", path), "minute")).isZero();
        assertThat(used(show("acme", path), "day")).isZero();
    }

    @Test
    void showsResetsAndRefundsATenantWhateverTheCallersTenant() {
        String token = sessions.open("small");
        spend(3, headers -> headers.setBearerAuth(token));

        var shown = show("acme", "tenants/small");
        assertThat(shown.get("mode").asString()).isEqualTo("shadow");
        assertThat(used(shown, "day")).isEqualTo(3);
        refund("acme", "tenants/small", UUID.randomUUID(), 1);
        assertThat(used(show("small", "tenants/small"), "day")).isEqualTo(2);
        reset("acme", "tenants/small");
        assertThat(used(show("acme", "tenants/small"), "day")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.77", "2001:db8:77:1::5", "2001%3adb8:77:2::5", "2001:DB8:77:3:0:0:0:5"})
    void showsResetsAndRefundsTheWindowsOfAnAddress(String address) {
        String literal = address.replace("%3a", ":");
        spend(3, headers -> headers.set("X-Forwarded-For", literal));
        String path = "addresses/" + address;

        var shown = show("acme", path);
        assertThat(used(shown, "hour")).isEqualTo(3);
        // The bucket is in each gateway.
        assertThat(shown.get("bounds").toString()).doesNotContain("burst");
        // All addresses of an IPv6 network are one client.
        if (literal.contains(":")) {
            assertThat(used(show("acme", path.replaceAll("5$", "6")), "hour")).isEqualTo(3);
            assertThat(shown.get("id").asString()).endsWith("/64");
        }
        refund("other", path, UUID.randomUUID(), 1);
        assertThat(used(show("acme", path), "hour")).isEqualTo(2);
        reset("acme", path);
        assertThat(used(show("acme", path), "hour")).isZero();
    }

    @Test
    void givesRequestsBackOnceForOneRefund() {
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of());
        String token = sessions.open(account);
        String path = "accounts/" + account.accountId();
        spend(6, headers -> headers.setBearerAuth(token));
        var refund = UUID.randomUUID();

        for (int i = 0; i < 3; i++) {
            refund("acme", path, refund, 2);
        }
        assertThat(used(show("acme", path), "hour")).isEqualTo(4);
        refund("acme", path, UUID.randomUUID(), 2);
        assertThat(used(show("acme", path), "hour")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts/1",
                "accounts/ada",
                "api-keys/1",
                "addresses/localhost",
                "addresses/300.1.1.1",
                "tenants/unknown",
                "tenants/No_Tenant",
                "sessions/1",
                "account/1",
                "accounts",
            })
    void findsNothingElse(String path) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.DELETE)) {
            assertThat(as(operator("acme"), method, path).getStatus().value()).isEqualTo(404);
        }
        assertThat(refunded("acme", path, UUID.randomUUID().toString(), "{\"requests\":1}"))
                .isEqualTo(404);
    }

    @Test
    void findsNoApiKeyThatIsUnknownOrOfAnotherTenant() {
        var elsewhere = callers.key("other", Quotas.NONE, "cache:read");
        for (var id : List.of(UUID.randomUUID(), elsewhere.id())) {
            assertThat(as(operator("acme"), HttpMethod.GET, "api-keys/" + id)
                            .getStatus()
                            .value())
                    .isEqualTo(404);
            assertThat(as(operator("acme"), HttpMethod.DELETE, "api-keys/" + id)
                            .getStatus()
                            .value())
                    .isEqualTo(404);
        }
        assertThat(used(show("other", "api-keys/" + elsewhere.id()), "minute")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"requests\":0}",
                "{\"requests\":-1}",
                "{\"requests\":1000000001}",
                "{\"requests\":99999999999999999999}",
                "{\"requests\":1.5}",
                "{\"requests\":\"1\"}",
                "{\"requests\":null}",
                "{\"requests\":1,\"tenant\":\"acme\"}",
                "[]",
                "",
                "1",
            })
    void refusesAnotherNumber(String body) {
        assertThat(refunded("acme", "tenants/acme", UUID.randomUUID().toString(), body))
                .isEqualTo(400);
    }

    @Test
    void refusesAMalformedRefundIdAndUnknownParameters() {
        assertThat(refunded("acme", "tenants/acme", "1", "{\"requests\":1}")).isEqualTo(404);
        assertThat(as(operator("acme"), HttpMethod.GET, "tenants/acme?all=true")
                        .getStatus()
                        .value())
                .isEqualTo(400);
    }

    @Test
    void isForTheOperatorKeyAlone() {
        String token =
                sessions.open(new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of()));
        var key = callers.key("acme", Quotas.NONE, "cache:read");
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.DELETE)) {
            assertThat(as(headers -> headers.setBearerAuth(token), method, "tenants/acme")
                            .getStatus()
                            .value())
                    .isEqualTo(403);
            assertThat(as(headers -> headers.set("X-API-Key", key.text()), method, "tenants/acme")
                            .getStatus()
                            .value())
                    .isEqualTo(403);
            assertThat(as(_ -> {}, method, "tenants/acme").getStatus().value()).isEqualTo(401);
        }
    }

    @Test
    void answers503WhileRedisDoesNotAnswer() {
        repair = redis::resume;
        redis.pause();
        assertThat(as(operator("acme"), HttpMethod.GET, "tenants/acme")
                        .getStatus()
                        .value())
                .isEqualTo(503);
        assertThat(as(operator("acme"), HttpMethod.DELETE, "tenants/acme")
                        .getStatus()
                        .value())
                .isEqualTo(503);
        assertThat(refunded("acme", "tenants/acme", UUID.randomUUID().toString(), "{\"requests\":1}"))
                .isEqualTo(503);
    }

    @Test
    void leavesTheOtherAdministrationToRegistrationService() {
        client().get()
                .uri("/api/v1/admin/tenants")
                .headers(operator("acme"))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(registration.seenLast().uri()).isEqualTo("/api/v1/admin/tenants");

        show("acme", "tenants/acme");
        assertThat(registration.seen()).noneMatch(seen -> seen.uri().startsWith(LIMITS));
    }

    private void spend(int requests, Consumer<HttpHeaders> headers) {
        for (int i = 0; i < requests; i++) {
            client().get()
                    .uri("/api/v1/cache/names/a")
                    .headers(headers)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    private JsonNode show(String tenant, String path) {
        var shown = as(operator(tenant), HttpMethod.GET, path);
        assertThat(shown.getStatus().value()).isEqualTo(200);
        return json.readTree(shown.getResponseBodyContent());
    }

    private void reset(String tenant, String path) {
        assertThat(as(operator(tenant), HttpMethod.DELETE, path).getStatus().value())
                .isEqualTo(204);
    }

    private void refund(String tenant, String path, UUID id, long requests) {
        assertThat(refunded(tenant, path, id.toString(), "{\"requests\":" + requests + "}"))
                .isEqualTo(204);
    }

    private int refunded(String tenant, String path, String id, String body) {
        return client().put()
                .uri(uri(path + "/refunds/" + id))
                .headers(operator(tenant))
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private EntityExchangeResult<byte[]> as(Consumer<HttpHeaders> caller, HttpMethod method, String path) {
        return client().method(method)
                .uri(uri(path))
                .headers(caller)
                .exchange()
                .expectBody()
                .returnResult();
    }

    /** As it is, without encoding it again. */
    private URI uri(String path) {
        return URI.create("http://localhost:" + port + LIMITS + path);
    }

    private Consumer<HttpHeaders> operator(String tenant) {
        return headers -> {
            headers.set("X-API-Key", environment.variable("FRONTDESK_OPERATOR_KEY"));
            headers.set("X-Tenant-Id", tenant);
        };
    }

    private static JsonNode bound(JsonNode shown, String bound) {
        return shown.get("bounds")
                .valueStream()
                .filter(it -> it.get("bound").asString().equals(bound))
                .findFirst()
                .orElseThrow();
    }

    private static long used(JsonNode shown, String bound) {
        return bound(shown, bound).get("used").asLong();
    }
}
