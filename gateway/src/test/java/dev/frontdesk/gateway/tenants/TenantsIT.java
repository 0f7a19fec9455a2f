package dev.frontdesk.gateway.tenants;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.events.TenantEvent.Details;
import dev.frontdesk.contracts.events.TenantEvent.TenantCreated;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class TenantsIT extends RunningGateway {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Kafka kafka;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private LettuceConnectionFactory connections;

    @Autowired
    private KeySpace keys;

    @Autowired
    private JsonMapper json;

    @Autowired
    private TestEnvironment environment;

    private final String id = "t" + UUID.randomUUID().toString().substring(0, 13);

    @Test
    void refusesAnUnknownTenantBeforeAServiceSeesTheCall() {
        callIn(id)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo(ProblemType.NOT_FOUND.uri().toString());

        assertThat(cache.seen()).isEmpty();
    }

    @Test
    void followsTheMessagesOfRedis() {
        // Sent again until it arrives: the gateway may not be subscribed yet.
        await().atMost(SOON).untilAsserted(() -> {
            tell(1, TenantRecord.ACTIVE);
            callIn(id).expectStatus().isOk();
        });

        tell(2, TenantRecord.SUSPENDED);
        await().atMost(SOON)
                .untilAsserted(() -> callIn(id)
                        .expectStatus()
                        .isForbidden()
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo(ProblemType.TENANT_SUSPENDED.uri().toString()));
        assertThat(statusWith(sessions.open(id))).isEqualTo(403);

        tell(3, TenantRecord.DELETED);
        await().atMost(SOON).untilAsserted(() -> callIn(id).expectStatus().isNotFound());
    }

    @Test
    void followsTheEventsOfKafka() {
        var details = new Details("active", "Acme", "standard", Quotas.NONE, List.of());
        var created = new TenantCreated(id, 1, details, Instant.now());
        // Sent again until it arrives: a broadcast does not deliver messages from before the gateway subscribed.
        await().atMost(SOON).untilAsserted(() -> {
            publish(created);
            callIn(id).expectStatus().isOk();
        });

        var suspended = new Details("suspended", "Acme", "standard", Quotas.NONE, List.of());
        publish(new TenantSuspended(id, 2, suspended, Instant.now()));
        await().atMost(SOON).untilAsserted(() -> callIn(id).expectStatus().isForbidden());

        publish(new TenantDeleted(id, 3, Instant.now()));
        await().atMost(SOON).untilAsserted(() -> callIn(id).expectStatus().isNotFound());
    }

    @Test
    void readsAllTenantsAgainAfterALostConnection() {
        registration.tellsTenants(request -> Mono.just(Answer.json(
                200,
                request.uri().contains("after=acme")
                        ? page(record(1, TenantRecord.ACTIVE), null)
                        : page(record("acme", 1, TenantRecord.ACTIVE), "acme"))));

        try (var connection = ((RedisClient) connections.getRequiredNativeClient()).connect()) {
            connection.sync().clientKill(KillArgs.Builder.typePubsub());
        }

        await().atMost(SOON).untilAsserted(() -> callIn(id).expectStatus().isOk());
    }

    @Test
    void startsWithTheCopyWhileRegistrationServiceIsDown() {
        registration.tellsTenants(_ -> Mono.just(Answer.json(503, "{}")));
        verifyEnded(redis.<String, String>opsForHash()
                        .putAll(
                                TenantKeys.copy(keys),
                                Map.of(id, record(1, TenantRecord.ACTIVE), TenantKeys.COMPLETE, "1")))
                .expectNext(true)
                .verifyComplete();

        try (var started = Instances.gateway(environment, registration.url())) {
            int there = Instances.port(started);
            callIn(id, there).expectStatus().isOk();
            callIn(id + "x", there).expectStatus().isEqualTo(503);
        }
    }

    @AfterEach
    void forgetTheCopy() {
        verifyEnded(redis.delete(TenantKeys.copy(keys)).then()).verifyComplete();
    }

    private ResponseSpec callIn(String tenant) {
        return callIn(tenant, port);
    }

    private static ResponseSpec callIn(String tenant, int gateway) {
        return TestClients.at(gateway)
                .responseTimeout(SOON)
                .build()
                .get()
                .uri("/api/v1/cache/names/a")
                .header(Headers.TENANT, tenant)
                .exchange();
    }

    private int statusWith(String token) {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private void tell(long version, String status) {
        verifyEnded(redis.convertAndSend(TenantKeys.changes(keys), record(version, status))
                        .then())
                .verifyComplete();
    }

    private String record(long version, String status) {
        return record(id, version, status);
    }

    private String record(String tenant, long version, String status) {
        return json.writeValueAsString(new TenantRecord(tenant, version, status, "standard", Quotas.NONE, List.of()));
    }

    private static String page(String tenant, @Nullable String next) {
        return "{\"tenants\":[" + tenant + "]" + (next == null ? "" : ",\"next\":\"" + next + "\"") + "}";
    }

    private void publish(TenantEvent event) {
        var stored = codec.store(UUID.randomUUID(), event, Instant.now(), null);
        kafka.topic(Topics.TENANT_EVENTS)
                .send(
                        stored.key(),
                        stored.data(),
                        Map.of(
                                "ce_id", stored.id().toString(),
                                "ce_type", EventType.of(event).ceType(),
                                "ce_time", stored.time().toString()));
    }
}
