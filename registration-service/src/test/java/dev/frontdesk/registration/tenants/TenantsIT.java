package dev.frontdesk.registration.tenants;

import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.servers.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class TenantsIT {

    private static final String TENANTS = "/api/v1/admin/tenants";
    private static final Caller OPERATOR = new Caller.Operator(TenantId.DEFAULT);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private DeletedTenants deletedTenants;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Kafka kafka;

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 13);

    @Test
    void theDefaultTenantExistsFromTheFirstStart() {
        JsonNode tenant = json(show("default").expectStatus().isOk());

        assertThat(tenant.get("status").asString()).isEqualTo("active");
        visitor.post(TENANTS + "/default/suspend", OPERATOR, null)
                .expectStatus()
                .isEqualTo(409);
        delete("default").expectStatus().isEqualTo(409);
        assertThat(json(show("default")).get("status").asString()).isEqualTo("active");
    }

    @Test
    void createsATenantOnce() {
        var body = Map.of(
                "id",
                id,
                "name",
                "Acme & Söhne",
                "plan",
                "gold",
                "quotas",
                Map.of("per_minute", 60, "per_day", 10_000),
                "allowed_origins",
                List.of("https://shop.example", "http://localhost:3000"),
                "settings",
                Map.of("colour", "green"));

        var response = create(body).expectStatus().isCreated();

        response.expectHeader().valueEquals("Location", TENANTS + "/" + id);
        JsonNode tenant = json(show(id).expectStatus().isOk());
        assertThat(json(response)).isEqualTo(tenant);
        assertThat(tenant.get("name").asString()).isEqualTo("Acme & Söhne");
        assertThat(tenant.get("plan").asString()).isEqualTo("gold");
        assertThat(tenant.get("quotas").toString()).isEqualTo("{\"per_minute\":60,\"per_day\":10000}");
        assertThat(tenant.get("allowed_origins").toString())
                .isEqualTo("[\"https://shop.example\",\"http://localhost:3000\"]");
        assertThat(tenant.get("settings").get("colour").asString()).isEqualTo("green");
        create(body).expectStatus().isEqualTo(409);
        await().atMost(SOON).untilAsserted(() -> assertThat(typesOf(id)).containsExactly("tenant.created"));
    }

    @Test
    void createsTheSameTenantForARepeatedRequest() {
        var body = Map.<String, Object>of("id", id, "name", "Acme");

        var first = json(createWithKey(body).expectStatus().isCreated());
        var second = json(createWithKey(body).expectStatus().isCreated());

        assertThat(second).isEqualTo(first);
        assertThat(first.get("plan").asString()).isEqualTo("standard");
    }

    @Test
    void changesOnlyWhatIsNamed() {
        create(Map.of("id", id, "name", "Acme", "quotas", Map.of("per_minute", 60)))
                .expectStatus()
                .isCreated();

        JsonNode renamed =
                json(change(Map.of("name", "Umbrella")).expectStatus().isOk());
        change(Map.of("name", "Umbrella")).expectStatus().isOk();
        JsonNode unlimited =
                json(change(Map.of("quotas", Map.of())).expectStatus().isOk());

        assertThat(renamed.get("name").asString()).isEqualTo("Umbrella");
        assertThat(renamed.get("quotas").get("per_minute").asLong()).isEqualTo(60);
        assertThat(unlimited.get("quotas")).isEmpty();
        JsonNode rest = json(
                change(Map.of("allowed_origins", List.of("http://[::1]:3000"), "settings", Map.of("colour", "red")))
                        .expectStatus()
                        .isOk());
        assertThat(rest.get("allowed_origins").toString()).isEqualTo("[\"http://[::1]:3000\"]");
        assertThat(rest.get("settings").toString()).isEqualTo("{\"colour\":\"red\"}");
        var nothing = new HashMap<String, Object>();
        List.of("name", "plan", "quotas", "allowed_origins", "settings").forEach(field -> nothing.put(field, null));
        assertThat(json(change(nothing).expectStatus().isOk())).isEqualTo(rest);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(typesOf(id))
                        .containsExactly("tenant.created", "tenant.changed", "tenant.changed", "tenant.changed"));
        assertThat(versionsOf(id)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(storedVersion()).isEqualTo(4);
        assertThat(trail()).contains("tenant.created", "tenant.changed");
    }

    @Test
    void suspendsAndResumes() {
        create(Map.of("id", id, "name", "Acme")).expectStatus().isCreated();

        for (int i = 0; i < 2; i++) {
            visitor.post(TENANTS + "/" + id + "/suspend", OPERATOR, null)
                    .expectStatus()
                    .isNoContent();
        }
        assertThat(json(show(id)).get("status").asString()).isEqualTo("suspended");
        assertThat(json(show(id)).has("suspended_at")).isTrue();
        for (int i = 0; i < 2; i++) {
            visitor.post(TENANTS + "/" + id + "/resume", OPERATOR, null)
                    .expectStatus()
                    .isNoContent();
        }
        assertThat(json(show(id)).get("status").asString()).isEqualTo("active");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(typesOf(id))
                        .containsExactly("tenant.created", "tenant.suspended", "tenant.resumed"));
    }

    @Test
    void deletesATenantWithItsAccountsAndNeverUsesItsIdAgain() {
        create(Map.of("id", id, "name", "Acme")).expectStatus().isCreated();
        members.ada(new TenantId(id), "ada@example.org");
        members.ada(new TenantId("other-" + id), "ada@example.org");

        delete(id).expectStatus().isNoContent();
        deletedTenants.run().block(SOON);

        assertThat(accountsOf(id)).isZero();
        assertThat(accountsOf("other-" + id)).isEqualTo(1);
        show(id).expectStatus().isNotFound();
        change(Map.of("name", "Again")).expectStatus().isNotFound();
        visitor.post(TENANTS + "/" + id + "/suspend", OPERATOR, null)
                .expectStatus()
                .isNotFound();
        delete(id).expectStatus().isNotFound();
        create(Map.of("id", id, "name", "Again")).expectStatus().isEqualTo(409);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(typesOf(id)).containsExactly("tenant.created", "tenant.deleted"));
    }

    @Test
    void listsThemInPages() {
        for (String end : List.of("-a", "-b", "-c")) {
            create(Map.of("id", id + end, "name", "Acme")).expectStatus().isCreated();
        }
        visitor.post(TENANTS + "/" + id + "-b/suspend", OPERATOR, null)
                .expectStatus()
                .isNoContent();

        assertThat(walk("?limit=1"))
                .containsSubsequence(id + "-a", id + "-b", id + "-c")
                .doesNotHaveDuplicates();
        assertThat(walk("?limit=2&status=suspended")).contains(id + "-b").doesNotContain(id + "-a", id + "-c");
        visitor.get(TENANTS + "?status=deleted", OPERATOR).expectStatus().isBadRequest();
        visitor.get(TENANTS + "?cursor=%7B%7D", OPERATOR).expectStatus().isBadRequest();
    }

    @Test
    void onlyTheOperatorKeyManagesThem() {
        var account = new Caller.Account(
                new TenantId(id), UUID.randomUUID(), UUID.randomUUID(), Set.of("operator", "administrator"));

        visitor.get(TENANTS, account).expectStatus().isForbidden();
        visitor.post(TENANTS, account, Map.of("id", id, "name", "Acme"))
                .expectStatus()
                .isForbidden();
        visitor.get(TENANTS, new Caller.Anonymous(TenantId.DEFAULT))
                .expectStatus()
                .isUnauthorized();
        show(id).expectStatus().isNotFound();
    }

    static Stream<Map<String, Object>> wrong() {
        var many = new ArrayList<String>();
        for (int i = 0; i < 51; i++) {
            many.add("https://shop" + i + ".example");
        }
        return Stream.of(
                Map.of("id", "Acme"),
                Map.of("id", ""),
                Map.of("id", "-acme"),
                Map.of("id", "a".repeat(64)),
                Map.of("name", ""),
                Map.of("name", "a".repeat(101)),
                Map.of("name", "a\u0000b"),
                Map.of("plan", "Gold!"),
                Map.of("settings", List.of()),
                Map.of("settings", "text"),
                Map.of("settings", Map.of("long", "a".repeat(16 * 1024))),
                Map.of("allowed_origins", many),
                Map.of("quotas", Map.of("per_minute", 0)),
                Map.of("quotas", Map.of("per_minute", -1)),
                Map.of("quotas", Map.of("per_day", 1_000_000_001L)),
                Map.of("quotas", Map.of("per_minute", 60, "per_hour", 59)),
                Map.of("quotas", Map.of("per_hour", 60, "per_day", 59)),
                Map.of("quotas", Map.of("per_minute", 60, "per_day", 59)),
                Map.of("quotas", Map.of("per_second", 60)),
                Map.of("quotas", List.of(1)),
                Map.of("status", "suspended"),
                Map.of("version", 7));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsWrongAndChangesNothing(Map<String, Object> wrong) {
        var body = new HashMap<String, Object>(Map.of("id", id, "name", "Acme"));
        body.putAll(wrong);

        create(body).expectStatus().isBadRequest();

        show(id).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "shop.example",
                "https://",
                "https://shop.example/",
                "https://shop.example/path",
                "https://user@shop.example",
                "https://Shop.example",
                "https://shop.example:443",
                "http://shop.example:80",
                "https://shop.example:0",
                "https://shop.example:65536",
                "https://*.example",
                "https://büch.example",
                "https://-shop.example",
                "ftp://shop.example",
                "https://shop.example\n"
            })
    void refusesWhatIsNoOrigin(String origin) {
        create(Map.of("id", id, "name", "Acme", "allowed_origins", List.of("https://ok.example", origin)))
                .expectStatus()
                .isBadRequest();
    }

    private ResponseSpec create(Map<String, Object> body) {
        return visitor.post(TENANTS, OPERATOR, body);
    }

    private ResponseSpec createWithKey(Map<String, Object> body) {
        return visitor.client()
                .post()
                .uri(TENANTS)
                .header(Headers.IDENTITY, visitor.identity(OPERATOR))
                .header("Idempotency-Key", id)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec delete(String tenant) {
        return members.send(HttpMethod.DELETE, TENANTS + "/" + tenant, OPERATOR, null);
    }

    private ResponseSpec show(String tenant) {
        return visitor.get(TENANTS + "/" + tenant, OPERATOR);
    }

    private ResponseSpec change(Map<String, Object> body) {
        return members.send(HttpMethod.PATCH, TENANTS + "/" + id, OPERATOR, body);
    }

    private List<String> walk(String query) {
        var ids = new ArrayList<String>();
        String next = TENANTS + query;
        while (true) {
            JsonNode page = json(visitor.get(next, OPERATOR).expectStatus().isOk());
            page.get("tenants").forEach(tenant -> ids.add(tenant.get("id").asString()));
            if (!page.has("next_cursor")) {
                return ids;
            }
            next = TENANTS + query + "&cursor=" + page.get("next_cursor").asString();
        }
    }

    private List<String> trail() {
        return json(visitor.get("/api/v1/admin/security-events", new Caller.Operator(new TenantId(id))))
                .get("security_events")
                .valueStream()
                .map(event -> event.get("kind").asString())
                .toList();
    }

    private long storedVersion() {
        return database.sql("SELECT version FROM tenants WHERE id = :id")
                .bind("id", id)
                .map(row -> row.get("version", Long.class))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }

    private long accountsOf(String tenant) {
        return database.sql("SELECT count(*) AS n FROM accounts WHERE tenant = :tenant")
                .bind("tenant", tenant)
                .map(row -> row.get("n", Long.class))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }

    private List<String> typesOf(String tenant) {
        return kafka.topic(Topics.TENANT_EVENTS).records().stream()
                .filter(record -> tenant.equals(record.key()))
                .map(record -> record.headers().getOrDefault("ce_type", "").replaceAll("dev\\.frontdesk\\.|\\.v1", ""))
                .toList();
    }

    private List<Long> versionsOf(String tenant) {
        return kafka.topic(Topics.TENANT_EVENTS).records().stream()
                .filter(record -> tenant.equals(record.key()))
                .map(record ->
                        new JsonMapper().readTree(record.value()).get("version").asLong())
                .toList();
    }
}
