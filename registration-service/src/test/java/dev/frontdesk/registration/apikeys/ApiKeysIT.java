package dev.frontdesk.registration.apikeys;

import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
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
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API keys of a tenant, as its administrators and the operator manage them. */
@RunningService
class ApiKeysIT {

    private static final String KEYS = "/api/v1/api-keys";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Kafka kafka;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 13));
    private final Caller operator = new Caller.Operator(tenant);
    private final Caller.Account administrator =
            new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of("administrator"));

    @Test
    void showsANewKeyOnceAndStoresOnlyAHash() {
        var response = create(
                        administrator,
                        Map.of(
                                "name",
                                " Shop ",
                                "scopes",
                                List.of("jobs:read", "cache:write", "jobs:read"),
                                "limits",
                                Map.of("per_minute", 60, "per_day", 10_000),
                                "expires_at",
                                in(Duration.ofDays(30))))
                .expectStatus()
                .isCreated();

        response.expectHeader().valueEquals("Cache-Control", "no-store");
        JsonNode key = json(response);
        String id = key.get("id").asString();
        response.expectHeader().valueEquals("Location", KEYS + "/" + id);
        var text = ApiKeyText.parse(key.get("key").asString()).orElseThrow();
        assertThat(text.id()).hasToString(id);
        JsonNode shown = json(show(id).expectStatus().isOk());
        assertThat(shown.has("key")).isFalse();
        assertThat(shown.get("name").asString()).isEqualTo("Shop");
        assertThat(shown.get("scopes").toString()).isEqualTo("[\"cache:write\",\"jobs:read\"]");
        assertThat(shown.get("limits").toString()).isEqualTo("{\"per_minute\":60,\"per_day\":10000}");
        assertThat(shown.get("status").asString()).isEqualTo("active");
        assertThat(shown.get("created_by").asString()).isEqualTo("account");
        assertThat(shown.get("created_by_id").asString())
                .isEqualTo(administrator.accountId().toString());
        var row = stores.rowsOf("api_keys").stream()
                .filter(it -> id.equals(it.get("id")))
                .findFirst()
                .orElseThrow();
        assertThat(row).containsEntry("secret_hash", text.secretHash());
        assertThat(row.toString()).doesNotContain(text.secret());
    }

    @Test
    void publishesAndRecordsEveryChangeWithoutASecret() {
        JsonNode key = json(create(administrator, "cache:write"));
        String id = key.get("id").asString();
        change(administrator, id, Map.of("name", "Renamed")).expectStatus().isOk();
        change(administrator, id, Map.of("name", "Renamed")).expectStatus().isOk();
        JsonNode rotated = json(rotate(operator, id, Map.of()).expectStatus().isOk());
        for (int i = 0; i < 2; i++) {
            revoke(administrator, id).expectStatus().isNoContent();
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(eventsOf(id))
                        .extracting(it -> it.headers().get("ce_type"))
                        .containsExactly(
                                "dev.frontdesk.api-key.created.v1",
                                "dev.frontdesk.api-key.changed.v1",
                                "dev.frontdesk.api-key.rotated.v1",
                                "dev.frontdesk.api-key.revoked.v1"));
        assertThat(eventsOf(id))
                .extracting(it ->
                        new JsonMapper().readTree(it.value()).get("version").asLong())
                .containsExactly(1L, 2L, 3L, 4L);
        for (JsonNode shown : List.of(key, rotated)) {
            var text = ApiKeyText.parse(shown.get("key").asString()).orElseThrow();
            assertThat(eventsOf(id))
                    .allSatisfy(event -> assertThat(event.toString()).doesNotContain(text.secret(), text.secretHash()));
        }
        var trail = trail();
        assertThat(trail)
                .extracting(it -> it.get("kind").asString())
                .containsExactly("api-key.revoked", "api-key.rotated", "api-key.changed", "api-key.created");
        assertThat(trail).allMatch(it -> it.get("api_key_id").asString().equals(id));
        assertThat(trail)
                .extracting(it -> it.get("actor").asString())
                .containsExactly("account", "operator", "account", "account");
    }

    static Stream<Map<String, Object>> wrong() {
        return Stream.of(
                Map.of("name", ""),
                Map.of("name", "a".repeat(101)),
                Map.of("name", "a\u0000b"),
                Map.of("scopes", List.of()),
                Map.of("scopes", List.of("cache:fly")),
                Map.of("scopes", List.of("tenants:read")),
                Map.of("scopes", List.of("cache")),
                Map.of("scopes", List.of("CACHE:read")),
                Map.of("scopes", List.of("cache:read", "*")),
                Map.of("scopes", Collections.singletonList(null)),
                Map.of("scopes", Collections.nCopies(100, "cache:read")),
                Map.of("limits", Map.of("per_minute", 0)),
                Map.of("limits", Map.of("per_hour", -1)),
                Map.of("limits", Map.of("per_day", 1_000_000_001L)),
                Map.of("limits", Map.of("per_minute", 60, "per_hour", 59)),
                Map.of("limits", Map.of("per_second", 1)),
                Map.of("expires_at", "2020-01-01T00:00:00Z"),
                Map.of("expires_at", "tomorrow"),
                Map.of("expires_at", "+12000-01-01T00:00:00Z"),
                Map.of("tenant", "other"),
                Map.of("key", "fdk_x"),
                Map.of("version", 7));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsWrongAndChangesNothing(Map<String, Object> wrong) {
        String id = json(create(administrator, "cache:write")).get("id").asString();
        JsonNode before = json(show(id));
        var body = new HashMap<String, Object>(Map.of("name", "Shop", "scopes", List.of("cache:write")));
        body.putAll(wrong);

        create(administrator, body).expectStatus().isBadRequest();
        change(administrator, id, wrong).expectStatus().isBadRequest();

        assertThat(walk("")).containsExactly(id);
        assertThat(json(show(id))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "fdk_x",
                "7c1d7a9e6a0f4d0a9d0e3b0a3c1f2e4d",
                "1-1-1-1-1",
                "%00",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d"
            })
    void doesNotFindWhatIsNoKey(String id) {
        visitor.get(KEYS + "/" + id, administrator).expectStatus().isNotFound();
        change(administrator, id, Map.of("name", "Shop")).expectStatus().isNotFound();
        rotate(administrator, id, Map.of()).expectStatus().isNotFound();
        revoke(administrator, id).expectStatus().isNotFound();
    }

    @Test
    void changesOnlyWhatIsNamed() {
        String id = json(create(
                        administrator,
                        Map.of("name", "Shop", "scopes", List.of("cache:write"), "limits", Map.of("per_hour", 9))))
                .get("id")
                .asString();
        String soon = in(Duration.ofHours(2));

        JsonNode renamed = json(change(administrator, id, Map.of("name", "Till")));
        assertThat(renamed.get("limits").toString()).isEqualTo("{\"per_hour\":9}");
        JsonNode changed = json(change(
                administrator,
                id,
                Map.of("scopes", List.of("jobs:administer"), "limits", Map.of(), "expires_at", soon)));
        assertThat(changed.get("name").asString()).isEqualTo("Till");
        assertThat(changed.get("scopes").toString()).isEqualTo("[\"jobs:administer\"]");
        assertThat(changed.get("limits")).isEmpty();
        assertThat(changed.get("expires_at").asString()).isEqualTo(soon);
        var nothing = new HashMap<String, Object>();
        List.of("name", "scopes", "limits", "expires_at").forEach(field -> nothing.put(field, null));
        assertThat(json(change(administrator, id, nothing).expectStatus().isOk()))
                .isEqualTo(changed);
    }

    @Test
    void anAdministratorGivesOnlyWhatAdministratorsMayDo() {
        create(administrator, "accounts:read").expectStatus().isForbidden();
        String id = json(create(operator, "accounts:read").expectStatus().isCreated())
                .get("id")
                .asString();

        change(administrator, id, Map.of("name", "Mine")).expectStatus().isForbidden();
        rotate(administrator, id, Map.of()).expectStatus().isForbidden();
        String own = json(create(administrator, "cache:read")).get("id").asString();
        change(administrator, own, Map.of("scopes", List.of("audit:read")))
                .expectStatus()
                .isForbidden();
        assertThat(json(show(own)).get("scopes").toString()).isEqualTo("[\"cache:read\"]");
        // It is no gain, and must work at once when a key has leaked.
        revoke(administrator, id).expectStatus().isNoContent();
    }

    @Test
    void aKeyGivesNoMoreThanItHas() {
        String end = in(Duration.ofDays(1));
        var scopes = List.of("api-keys:administer", "cache:write");
        String own = json(create(
                        operator,
                        Map.of(
                                "name",
                                "Deployment",
                                "scopes",
                                scopes,
                                "limits",
                                Map.of("per_minute", 60),
                                "expires_at",
                                end)))
                .get("id")
                .asString();
        var key = new Caller.ApiKey(tenant, UUID.fromString(own), Scopes.known(scopes));
        var less = Map.of(
                "name", "Shop", "scopes", List.of("cache:read"), "limits", Map.of("per_minute", 60), "expires_at", end);

        JsonNode made = json(create(key, less).expectStatus().isCreated());

        assertThat(made.get("created_by").asString()).isEqualTo("api-key");
        assertThat(made.get("created_by_id").asString()).isEqualTo(own);
        for (Map<String, Object> more : List.<Map<String, Object>>of(
                Map.of("scopes", List.of("cache:administer")),
                Map.of("scopes", List.of("jobs:read")),
                Map.of("scopes", List.of("accounts:read")),
                Map.of("limits", Map.of("per_minute", 61)),
                Map.of("limits", Map.of()),
                Map.of("expires_at", in(Duration.ofDays(2))))) {
            var body = new HashMap<String, Object>(less);
            body.putAll(more);
            create(key, body).expectStatus().isForbidden();
            change(key, own, more).expectStatus().isForbidden();
            change(key, made.get("id").asString(), more).expectStatus().isForbidden();
        }
        var never = new HashMap<String, Object>(less);
        never.remove("expires_at");
        create(key, never).expectStatus().isForbidden();
        String stronger = json(create(operator, "cache:administer")).get("id").asString();
        rotate(key, stronger, Map.of()).expectStatus().isForbidden();
        rotate(key, own, Map.of()).expectStatus().isOk();
        revoke(operator, own);
        create(key, less).expectStatus().isForbidden();
        assertThat(walk("")).hasSize(3);
    }

    @Test
    void aUserWithAKeyGivesOnlyWhatBothHave() {
        var scopes = List.of("api-keys:administer", "cache:write", "audit:read");
        UUID id = UUID.fromString(
                json(create(operator, scopes.toArray(String[]::new))).get("id").asString());
        var both = new Caller.Account(
                tenant,
                administrator.accountId(),
                administrator.sessionId(),
                administrator.roles(),
                new Caller.ApiKey(tenant, id, Scopes.known(scopes)));

        create(both, "cache:write").expectStatus().isCreated();
        create(both, "jobs:read").expectStatus().isForbidden();
        create(both, "audit:read").expectStatus().isForbidden();
    }

    @Test
    void aKeyNeedsTheScopeOfTheEndpoint() {
        String id = json(create(operator, "api-keys:read")).get("id").asString();
        var reader = new Caller.ApiKey(tenant, UUID.fromString(id), Scopes.known(List.of("api-keys:read")));

        visitor.get(KEYS, reader).expectStatus().isOk();
        create(reader, "api-keys:read").expectStatus().isForbidden();
        revoke(reader, id).expectStatus().isForbidden();
        visitor.get(KEYS, new Caller.ApiKey(tenant, UUID.randomUUID(), Scopes.known(List.of("cache:administer"))))
                .expectStatus()
                .isForbidden();
        visitor.get("/api/v1/admin/tenants", reader).expectStatus().isForbidden();
        visitor.get(KEYS, new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of("editor")))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String id = json(create(administrator, "cache:write")).get("id").asString();
        var other = new Caller.Operator(new TenantId("other-" + tenant));

        visitor.get(KEYS + "/" + id, other).expectStatus().isNotFound();
        change(other, id, Map.of("name", "Mine")).expectStatus().isNotFound();
        rotate(other, id, Map.of()).expectStatus().isNotFound();
        revoke(other, id).expectStatus().isNotFound();
        assertThat(json(visitor.get(KEYS, other)).get("api_keys")).isEmpty();
        assertThat(json(show(id)).get("status").asString()).isEqualTo("active");
    }

    @Test
    void listsThemInPages() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(json(create(administrator, "cache:read")).get("id").asString());
        }
        revoke(administrator, made.get(2));

        Collections.reverse(made);
        assertThat(walk("?limit=2")).isEqualTo(made);
        visitor.get(KEYS + "?limit=0", administrator).expectStatus().isBadRequest();
        visitor.get(KEYS + "?cursor=x", administrator).expectStatus().isBadRequest();
    }

    @Test
    void aTenantHasABoundedNumberOfKeys() {
        stores.execute("""
                INSERT INTO registration.api_keys (id, tenant, name, scopes, secret_hash, created_by, created_at, updated_at)
                SELECT gen_random_uuid(), ?, 'many', '{cache:read}', '', 'operator', now(), now() FROM generate_series(1, 999)
                """, tenant.value());

        var statuses = Flux.range(0, 4)
                .flatMap(
                        _ -> visitor.sending(
                                KEYS, administrator, Map.of("name", "One more", "scopes", List.of("cache:read"))),
                        4)
                .map(Visitor.Answer::status)
                .collectList()
                .block(SOON);

        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
        JsonNode problem =
                json(create(administrator, "cache:read").expectStatus().isEqualTo(409));
        assertThat(problem.get("detail").asString()).contains("1000");
    }

    private String in(Duration time) {
        return clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private ResponseSpec create(Caller caller, String... scopes) {
        return create(caller, Map.of("name", "Shop", "scopes", List.of(scopes)));
    }

    private ResponseSpec create(Caller caller, Map<String, Object> body) {
        return visitor.post(KEYS, caller, body);
    }

    private ResponseSpec show(String id) {
        return visitor.get(KEYS + "/" + id, administrator);
    }

    private ResponseSpec change(Caller caller, String id, Map<String, Object> body) {
        clock.advance(Duration.ofMillis(1));
        return members.send(HttpMethod.PATCH, KEYS + "/" + id, caller, body);
    }

    private ResponseSpec rotate(Caller caller, String id, Map<String, Object> body) {
        return visitor.post(KEYS + "/" + id + "/rotate", caller, body);
    }

    private ResponseSpec revoke(Caller caller, String id) {
        clock.advance(Duration.ofMillis(1));
        return members.send(HttpMethod.DELETE, KEYS + "/" + id, caller, null);
    }

    private List<String> walk(String query) {
        var ids = new ArrayList<String>();
        String next = KEYS + query;
        while (true) {
            JsonNode page = json(visitor.get(next, administrator).expectStatus().isOk());
            page.get("api_keys").forEach(key -> ids.add(key.get("id").asString()));
            if (!page.has("next_cursor")) {
                return ids;
            }
            next = KEYS + query + "&cursor=" + page.get("next_cursor").asString();
        }
    }

    private List<JsonNode> trail() {
        return json(visitor.get("/api/v1/admin/security-events", operator))
                .get("security_events")
                .valueStream()
                .toList();
    }

    private List<KafkaRecord> eventsOf(String id) {
        return kafka.topic(Topics.API_KEY_EVENTS).records().stream()
                .filter(record -> id.equals(record.key()))
                .toList();
    }
}
