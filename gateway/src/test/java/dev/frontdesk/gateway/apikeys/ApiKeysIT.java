package dev.frontdesk.gateway.apikeys;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.events.ApiKeyEvent.Actor;
import dev.frontdesk.contracts.events.ApiKeyEvent.ApiKeyRevoked;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.ReceivedRequest;
import dev.frontdesk.kit.apikeys.ApiKeyCopy;
import dev.frontdesk.kit.apikeys.ApiKeySignal;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.Kafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Keys at the gateway, with a real server instead of registration-service. */
@TestPropertySource(properties = "frontdesk.gateway.breakers.calls=1000")
class ApiKeysIT extends RunningGateway {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    @Autowired
    private JsonMapper json;

    /** A key that shows whether the gateway hears of changes. */
    private static final UUID HEARING = UUID.randomUUID();

    private static long versionOfHearing;

    /** What registration-service knows. */
    private final Map<UUID, ApiKeyRecord> stored = new ConcurrentHashMap<>();

    private final ApiKeyText key = ApiKeyText.generate(UUID.randomUUID());

    @BeforeEach
    void registrationServiceKnowsTheKey() {
        stored.put(key.id(), record(key, 1));
        registration.answers(request -> Mono.just(answer(request)));
        awaitHearing();
    }

    @Test
    void passesOnWhichApplicationCalls() {
        assertThat(statusWith(key.text())).isEqualTo(200);

        assertThat(callerIn(cache.seenLast()))
                .isEqualTo(
                        new Caller.ApiKey(new TenantId("acme"), key.id(), new Scopes(List.of(scope("cache:write")))));
        assertThat(cache.seenLast().headers().headerNames())
                .noneMatch(name -> name.equalsIgnoreCase("X-API-Key") || name.equalsIgnoreCase("Authorization"));
    }

    @Test
    void passesOnForWhichUserItCalls() {
        String token = sessions.open("acme");

        client().get()
                .uri("/api/v1/cache/names/a")
                .header("X-API-Key", key.text())
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk();

        var caller = (Caller.Account) callerIn(cache.seenLast());
        assertThat(caller.accountId()).isEqualTo(sessions.session(token).accountId());
        assertThat(caller.apiKey()).extracting(Caller.ApiKey::id).isEqualTo(key.id());
    }

    @Test
    void refusesWhatIsWrong() {
        assertThat(statusWith(key.text())).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(statusWith(ApiKeyText.generate(key.id()).text())).isEqualTo(401);
        }
        var unknown = ApiKeyText.generate(UUID.randomUUID());
        assertThat(statusWith(unknown.text())).isEqualTo(401);
        assertThat(statusWith(unknown.text())).isEqualTo(401);
        assertThat(statusWith("fdk_nonsense")).isEqualTo(401);

        assertThat(cache.seen()).hasSize(1);
    }

    @Test
    void refusesARevokedKeyAtOnceAfterTheMessageOfRedis() {
        assertThat(statusWith(key.text())).isEqualTo(200);

        stored.remove(key.id());
        tell(2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(statusWith(key.text())).isEqualTo(401));
    }

    @Test
    void refusesARevokedKeyAfterTheEventOfKafka() {
        assertThat(statusWith(key.text())).isEqualTo(200);
        stored.remove(key.id());

        // Sent again until it arrives: a broadcast does not deliver messages from before the gateway subscribed.
        await().atMost(SOON).untilAsserted(() -> {
            publishRevocation();
            assertThat(statusWith(key.text())).isEqualTo(401);
        });
    }

    @Test
    void acceptsTheNewSecretAtOnceAndTheOldOneUntilItEnds() {
        assertThat(statusWith(key.text())).isEqualTo(200);
        var rotated = ApiKeyText.generate(key.id());
        stored.put(
                key.id(),
                new ApiKeyRecord(
                        key.id(),
                        "acme",
                        "Shop",
                        List.of("cache:write"),
                        Quotas.NONE,
                        null,
                        2,
                        false,
                        rotated.secretHash(),
                        key.secretHash(),
                        Instant.now().plusSeconds(3600)));
        tell(2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(statusWith(rotated.text())).isEqualTo(200));
        assertThat(statusWith(key.text())).isEqualTo(200);
    }

    @Test
    void goesOnWithAKnownKeyWhileRegistrationServiceIsDownAndNeverCallsAnUnknownOneWrong() {
        assertThat(statusWith(key.text())).isEqualTo(200);
        registration.answers(Answer.json(503, "{}"));
        // Its answer is no longer valid, and it can't be asked for.
        var other = ApiKeyText.generate(UUID.randomUUID());

        assertThat(statusWith(key.text())).isEqualTo(200);
        assertThat(problemWith(other.text())).isEqualTo(ProblemType.UNAVAILABLE);
    }

    @Test
    void readsTheCopyWhileRegistrationServiceIsDown() {
        registration.answers(Answer.json(503, "{}"));
        var copied = ApiKeyText.generate(UUID.randomUUID());
        copy(record(copied, 3));

        assertThat(statusWith(copied.text())).isEqualTo(200);

        var revoked = record(copied, 4);
        copy(new ApiKeyRecord(
                revoked.id(),
                revoked.tenant(),
                revoked.name(),
                revoked.scopes(),
                revoked.quotas(),
                null,
                4,
                true,
                revoked.secretHash(),
                null,
                null));
        tell(copied.id(), 4);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(statusWith(copied.text())).isEqualTo(401));
    }

    @Test
    void usesNoOlderAnswerThanAChangeThatItHeardOf() {
        assertThat(statusWith(key.text())).isEqualTo(200);
        registration.answers(Answer.json(503, "{}"));

        tell(2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(problemWith(key.text())).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void refusesAKeyOfASuspendedOrUnknownTenant() {
        var elsewhere = ApiKeyText.generate(UUID.randomUUID());
        stored.put(elsewhere.id(), record(elsewhere, "not-created", 1));

        assertThat(problemWith(elsewhere.text())).isEqualTo(ProblemType.NOT_FOUND);
    }

    private Answer answer(ReceivedRequest request) {
        if (!request.uri().equals(ApiKeyLookup.PATH)) {
            return Answer.json(request.uri().equals(ApiKeyUses.PATH) ? 204 : 404, "");
        }
        var asked = json.readValue(request.body(), ApiKeyLookup.class);
        var found = stored.get(asked.id());
        return Answer.json(
                200,
                json.writeValueAsString(found == null ? ApiKeyLookup.Result.INACTIVE : ApiKeyLookup.Result.of(found)));
    }

    /**
     * The gateway subscribes in parallel to its first requests and then clears its cache. Redis counts a subscriber
     * before it is ready, so the gateway itself is checked.
     */
    private void awaitHearing() {
        var hearing = ApiKeyText.generate(HEARING);
        stored.put(HEARING, record(hearing, ++versionOfHearing));
        await().atMost(SOON).until(() -> statusWith(hearing.text()) == 200);
        stored.remove(HEARING);
        await().atMost(SOON).until(() -> {
            tell(HEARING, ++versionOfHearing);
            return statusWith(hearing.text()) == 401;
        });
        cache.reset();
    }

    private static ApiKeyRecord record(ApiKeyText key, long version) {
        return record(key, "acme", version);
    }

    private static ApiKeyRecord record(ApiKeyText key, String tenant, long version) {
        return new ApiKeyRecord(
                key.id(),
                tenant,
                "Shop",
                List.of("cache:write"),
                Quotas.NONE,
                null,
                version,
                false,
                key.secretHash(),
                null,
                null);
    }

    private static Scope scope(String text) {
        return Scope.parse(text).orElseThrow();
    }

    private void copy(ApiKeyRecord record) {
        verifyEnded(redis.opsForValue().set(ApiKeyCopy.key(keys, record.id()), ApiKeyCopy.write(record)))
                .expectNext(true)
                .verifyComplete();
    }

    private void tell(long version) {
        tell(key.id(), version);
    }

    private void tell(UUID id, long version) {
        verifyEnded(redis.convertAndSend(ApiKeySignal.channel(keys), new ApiKeySignal(id, version).message())
                        .then())
                .verifyComplete();
    }

    private void publishRevocation() {
        var event = new ApiKeyRevoked("acme", key.id(), 2, new Actor("operator", null), Instant.now());
        var kept = codec.store(UUID.randomUUID(), event, Instant.now(), null);
        kafka.topic(Topics.API_KEY_EVENTS)
                .send(
                        kept.key(),
                        kept.data(),
                        Map.of(
                                "ce_id", kept.id().toString(),
                                "ce_type", EventType.of(event).ceType(),
                                "ce_time", kept.time().toString()));
    }

    private int statusWith(String text) {
        return call(text).getStatus().value();
    }

    private ProblemType problemWith(String text) {
        String type =
                json.readTree(call(text).getResponseBodyContent()).get("type").asString();
        return List.of(ProblemType.values()).stream()
                .filter(problem -> problem.uri().toString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private org.springframework.test.web.reactive.server.EntityExchangeResult<byte[]> call(String text) {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .header("X-API-Key", text)
                .exchange()
                .expectBody()
                .returnResult();
    }
}
