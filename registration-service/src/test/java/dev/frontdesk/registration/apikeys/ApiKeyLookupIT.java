package dev.frontdesk.registration.apikeys;

import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.apikeys.ApiKeyCopy;
import dev.frontdesk.kit.apikeys.ApiKeySignal;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import reactor.core.Disposable;
import reactor.core.Disposables;
import tools.jackson.databind.JsonNode;

/** What gateways learn of API keys: by asking, and from the copies in Redis. */
@RunningService
class ApiKeyLookupIT {

    private static final String KEYS = "/api/v1/api-keys";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private Stores stores;

    @Autowired
    private MutableClock clock;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private ApiKeys apiKeys;

    @Autowired
    private ApiKeyCopies copies;

    @Autowired
    private ApiKeyCopying copying;

    @Autowired
    private RevokedApiKeys revokedApiKeys;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 13);
    private final Caller operator = new Caller.Operator(new TenantId(tenant));
    private final List<ApiKeySignal> heard = new CopyOnWriteArrayList<>();
    private Disposable listening = Disposables.disposed();

    @BeforeEach
    void listen() {
        listening = redis.listenToChannelLater(ApiKeySignal.channel(keys))
                .blockOptional()
                .orElseThrow()
                .map(message -> ApiKeySignal.parse(message.getMessage()).orElseThrow())
                .subscribe(heard::add);
    }

    @AfterEach
    void leave() {
        listening.dispose();
    }

    @Test
    void theGatewayLooksUpAKeyAndComparesTheSecretItself() {
        var key = create(Map.of("limits", Map.of("per_minute", 60)));

        JsonNode result = resolve(key.id());

        assertThat(result.get("active").asBoolean()).isTrue();
        ApiKeyRecord record = recordIn(result);
        assertThat(record.tenant()).isEqualTo(tenant);
        assertThat(record.scopes()).containsExactly("cache:write");
        assertThat(record.quotas().perMinute()).isEqualTo(60);
        assertThat(record.accepts(key, clock.instant())).isTrue();
        assertThat(record.accepts(ApiKeyText.generate(key.id()), clock.instant()))
                .isFalse();
        assertThat(result.toString()).doesNotContain(key.secret());
    }

    @Test
    void onlyTheGatewayMayAsk() {
        var key = create(Map.of());
        var other = new Caller.Service(TenantId.DEFAULT, "session-service");

        visitor.post(ApiKeyLookup.PATH, other, Map.of("id", key.id()))
                .expectStatus()
                .isForbidden();
        visitor.post(ApiKeyLookup.PATH, operator, Map.of("id", key.id()))
                .expectStatus()
                .isUnauthorized();
        visitor.post(ApiKeyUses.PATH, other, uses(key.id(), clock.instant()))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void unknownAndRevokedKeysAreInactiveAndExpiredOnesSaySo() {
        assertThat(resolve(UUID.randomUUID()).toString()).isEqualTo("{\"active\":false}");
        var revoked = create(Map.of());
        revoke(revoked.id());
        assertThat(resolve(revoked.id()).toString()).isEqualTo("{\"active\":false}");

        Instant end = clock.instant().plusSeconds(5);
        var expiring = create(Map.of("expires_at", end.toString()));
        assertThat(recordIn(resolve(expiring.id())).accepts(expiring, clock.instant()))
                .isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(recordIn(resolve(expiring.id())).accepts(expiring, clock.instant()))
                .isFalse();
        assertThat(json(visitor.get(KEYS + "/" + expiring.id(), operator))
                        .get("status")
                        .asString())
                .isEqualTo("expired");
    }

    @Test
    void bothSecretsAreValidDuringTheOverlap() {
        var first = create(Map.of());
        var second = rotate(first.id(), Map.of("overlap_ms", 60_000));

        assertThat(accepted(first)).isTrue();
        assertThat(accepted(second)).isTrue();
        clock.advance(Duration.ofSeconds(61));
        assertThat(accepted(first)).isFalse();
        assertThat(accepted(second)).isTrue();
    }

    @Test
    void anOverlapOfNoTimeEndsThePreviousSecretsAtOnce() {
        var first = create(Map.of());
        var second = rotate(first.id(), Map.of());
        assertThat(accepted(first)).isTrue();

        var third = rotate(first.id(), Map.of("overlap_ms", 0));

        assertThat(accepted(first)).isFalse();
        assertThat(accepted(second)).isFalse();
        assertThat(accepted(third)).isTrue();
    }

    @Test
    void aSecondRotationKeepsTheSecretThatApplicationsSurelyHave() {
        var first = create(Map.of());
        var lost = rotate(first.id(), Map.of("overlap_ms", 60_000));

        var third = rotate(first.id(), Map.of("overlap_ms", 3_600_000));

        assertThat(accepted(first)).isTrue();
        assertThat(accepted(lost)).isFalse();
        assertThat(accepted(third)).isTrue();
        clock.advance(Duration.ofSeconds(61));
        assertThat(accepted(first)).isFalse();
    }

    @Test
    void refusesAnOverlapOfMoreThanAWeekAndTheRotationOfARevokedKey() {
        var key = create(Map.of());
        for (Object wrong : List.of(-1, 604_800_001, 1.5, "soon")) {
            visitor.post(KEYS + "/" + key.id() + "/rotate", operator, Map.of("overlap_ms", wrong))
                    .expectStatus()
                    .isBadRequest();
        }
        assertThat(accepted(key)).isTrue();
        revoke(key.id());
        visitor.post(KEYS + "/" + key.id() + "/rotate", operator, Map.of())
                .expectStatus()
                .isEqualTo(409);
        members.send(HttpMethod.PATCH, KEYS + "/" + key.id(), operator, Map.of("name", "x"))
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void theLastUseIsWrittenAtMostOnceAMinute() {
        var key = create(Map.of());
        Instant now = clock.instant();

        reportUse(key.id(), now);
        assertThat(lastUse(key.id())).isEqualTo(now.toString());
        reportUse(key.id(), now.plusSeconds(59));
        reportUse(key.id(), now.minusSeconds(600));
        assertThat(lastUse(key.id())).isEqualTo(now.toString());
        clock.advance(Duration.ofSeconds(61));
        // A gateway whose clock is fast.
        reportUse(key.id(), now.plusSeconds(86_400));
        Instant written = Instant.parse(lastUse(key.id()));
        assertThat(written).isAfter(now).isBeforeOrEqualTo(clock.instant());
        assertThat(version(key.id())).isEqualTo(1);
    }

    @Test
    void reportsOfUseAreBoundedAndChecked() {
        visitor.post(ApiKeyUses.PATH, GATEWAY, Map.of("uses", List.of()))
                .expectStatus()
                .isBadRequest();
        var many = new ArrayList<Map<String, String>>();
        for (int i = 0; i <= ApiKeyUses.MOST; i++) {
            many.add(Map.of("id", UUID.randomUUID().toString(), "at", "2026-11-30T10:00:00Z"));
        }
        visitor.post(ApiKeyUses.PATH, GATEWAY, Map.of("uses", many))
                .expectStatus()
                .isBadRequest();
        visitor.post(ApiKeyUses.PATH, GATEWAY, Map.of("uses", many.subList(0, ApiKeyUses.MOST)))
                .expectStatus()
                .isNoContent();
    }

    @Test
    void everyChangeIsCopiedAndSignalledBeforeItsResponse() {
        var first = create(Map.of());
        assertThat(copyOf(first.id()).accepts(first, clock.instant())).isTrue();
        var second = rotate(first.id(), Map.of("overlap_ms", 0));
        assertThat(copyOf(first.id()).accepts(second, clock.instant())).isTrue();
        revoke(first.id());
        assertThat(copyOf(first.id()).revoked()).isTrue();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard)
                        .filteredOn(it -> it.keyId().equals(first.id()))
                        .extracting(ApiKeySignal::version)
                        .containsExactly(1L, 2L, 3L));
        assertThat(stores.timeToLive(ApiKeyCopy.key(keys, first.id()))).isPositive();
        assertThat(redis.opsForValue().get(ApiKeyCopy.key(keys, first.id())).block(SOON))
                .doesNotContain(second.secret());
    }

    @Test
    void anOlderVersionNeverReplacesALaterOne() {
        var key = create(Map.of());
        ApiKey old = stored(key.id());
        revoke(key.id());

        copies.storeOrFail(old).block(SOON);

        assertThat(copyOf(key.id()).revoked()).isTrue();
        assertThat(copyOf(key.id()).version()).isEqualTo(2);
    }

    @Test
    void aLostOrUnreadableCopyIsWrittenAgain() {
        var lost = create(Map.of());
        var damaged = create(Map.of());
        stores.remove(ApiKeyCopy.key(keys, lost.id()));
        redis.opsForValue().set(ApiKeyCopy.key(keys, damaged.id()), "{").block(SOON);

        copying.copy(Instant.EPOCH).block(SOON);

        assertThat(copyOf(lost.id()).accepts(lost, clock.instant())).isTrue();
        assertThat(copyOf(damaged.id()).accepts(damaged, clock.instant())).isTrue();
    }

    @Test
    void copiesMoreKeysThanOnePageHas() {
        stores.execute("""
                INSERT INTO registration.api_keys (id, tenant, name, scopes, secret_hash, created_by, created_at, updated_at)
                SELECT gen_random_uuid(), ?, 'many', '{cache:read}', '', 'operator', now(), now() FROM generate_series(1, 1100)
                """, tenant);

        copying.copy(Instant.EPOCH).block(SOON);

        var copied = stores.keys();
        assertThat(stores.rowsOf("api_keys"))
                .filteredOn(row -> tenant.equals(row.get("tenant")))
                .hasSize(1100)
                .allMatch(row -> copied.contains(ApiKeyCopy.key(keys, UUID.fromString(String.valueOf(row.get("id"))))));
    }

    @Test
    void theKeysOfADeletedTenantAreRevokedAndThenDeleted() {
        visitor.post("/api/v1/admin/tenants", operator, Map.of("id", tenant, "name", "Acme"))
                .expectStatus()
                .isCreated();
        var key = create(Map.of());
        members.send(HttpMethod.DELETE, "/api/v1/admin/tenants/" + tenant, operator, null)
                .expectStatus()
                .isNoContent();

        assertThat(resolve(key.id()).toString()).isEqualTo("{\"active\":false}");
        revokedApiKeys.run().block(SOON);
        copying.copy(Instant.EPOCH).block(SOON);
        assertThat(copyOf(key.id()).revoked()).isTrue();
        assertThat(copyOf(key.id()).toString()).doesNotContain(key.secretHash());
        clock.advance(Duration.ofHours(2));
        revokedApiKeys.run().block(SOON);
        assertThat(rows(key.id())).isEmpty();
    }

    @Test
    void aRevokedKeyIsListedForAWhile() {
        var key = create(Map.of());
        var kept = create(Map.of());
        revoke(key.id());
        revokedApiKeys.run().block(SOON);
        assertThat(rows(key.id())).hasSize(1);

        clock.advance(Duration.ofDays(31));
        revokedApiKeys.run().block(SOON);

        assertThat(rows(key.id())).isEmpty();
        assertThat(rows(kept.id())).hasSize(1);
    }

    private ApiKeyText create(Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("name", "Shop", "scopes", List.of("cache:write")));
        body.putAll(more);
        return keyIn(json(visitor.post(KEYS, operator, body).expectStatus().isCreated()));
    }

    private ApiKeyText rotate(UUID id, Map<String, Object> body) {
        return keyIn(json(visitor.post(KEYS + "/" + id + "/rotate", operator, body)
                .expectStatus()
                .isOk()));
    }

    private void revoke(UUID id) {
        members.send(HttpMethod.DELETE, KEYS + "/" + id, operator, null)
                .expectStatus()
                .isNoContent();
    }

    private static ApiKeyText keyIn(JsonNode answer) {
        return ApiKeyText.parse(answer.get("key").asString()).orElseThrow();
    }

    private JsonNode resolve(UUID id) {
        return json(visitor.post(ApiKeyLookup.PATH, GATEWAY, Map.of("id", id))
                .expectStatus()
                .isOk());
    }

    private static ApiKeyRecord recordIn(JsonNode result) {
        JsonNode key = result.get("key");
        return ApiKeyCopy.read(UUID.fromString(key.get("id").asString()), key.toString())
                .orElseThrow();
    }

    private boolean accepted(ApiKeyText key) {
        return recordIn(resolve(key.id())).accepts(key, clock.instant());
    }

    private ApiKeyRecord copyOf(UUID id) {
        return redis.opsForValue()
                .get(ApiKeyCopy.key(keys, id))
                .blockOptional(SOON)
                .flatMap(copy -> ApiKeyCopy.read(id, copy))
                .orElseThrow();
    }

    private ApiKey stored(UUID id) {
        return apiKeys.find(new TenantId(tenant), id).blockOptional(SOON).orElseThrow();
    }

    private static Map<String, Object> uses(UUID id, Instant at) {
        return Map.of("uses", List.of(Map.of("id", id.toString(), "at", at.toString())));
    }

    private void reportUse(UUID id, Instant at) {
        visitor.post(ApiKeyUses.PATH, GATEWAY, uses(id, at)).expectStatus().isNoContent();
    }

    private String lastUse(UUID id) {
        return json(visitor.get(KEYS + "/" + id, operator)).get("last_used_at").asString();
    }

    private long version(UUID id) {
        return stored(id).version();
    }

    private List<Map<String, String>> rows(UUID id) {
        return stores.rowsOf("api_keys").stream()
                .filter(row -> id.toString().equals(row.get("id")))
                .toList();
    }
}
