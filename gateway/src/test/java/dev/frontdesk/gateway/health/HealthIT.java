package dev.frontdesk.gateway.health;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(properties = {"frontdesk.gateway.health.every=200ms", "frontdesk.gateway.health.answer-within=1s"})
@WithServers(value = KAFKA, own = REDIS)
class HealthIT extends RunningGateway {

    private static final Duration SOON = Duration.ofSeconds(15);

    /** What a check of a frozen Redis takes. */
    private static final Duration CHECK = Duration.ofMillis(500);

    private static final int REQUESTS = 20;

    @Autowired
    private Redis redis;

    private record Told(int status, JsonNode page) {}

    @BeforeEach
    void allIsWell() {
        registration.isHealthy(_ -> Mono.just(Answer.json(200, """
            {"status":"healthy","version":"1.2.3","parts":{
              "redis":{"status":"up","used_memory_human":"1.00M"},
              "postgres":{"status":"up"},
              "pending_registrations":{"status":"up","total":42}}}\
            """)));
        awaitTold("/health", told -> assertThat(word(told)).isEqualTo("healthy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%68ealth/redis", "/health/%72edis", "/health%2Fredis", "/heal%74h/%72%65dis"})
    void isTheSamePageInEverySpellingOfItsPath(String path) throws IOException {
        try (var connection = new RawConnection(port)) {
            var answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .answer();
            assertThat(path + " " + answer.status() + " " + answer.body().contains("services"))
                    .isEqualTo(path + (path.contains("%2F") ? " 404 false" : " 200 false"));
        }
    }

    @Test
    void tellsOfEverythingAndOfNoAddress() {
        var told = awaitTold(
                "/health",
                it -> assertThat(it.page().at("/pending_registrations/total").asInt())
                        .isEqualTo(42));

        assertThat(told.status()).isEqualTo(200);
        var page = told.page();
        assertThat(page.get("version").asString()).isNotEqualTo("unknown").isNotBlank();
        assertThat(page.get("stale").asBoolean()).isFalse();
        assertThat(page.has("checked_at")).isTrue();
        assertThat(page.at("/redis/status").asString()).isEqualTo("healthy");
        assertThat(page.at("/redis/connected_clients").asInt()).isPositive();
        assertThat(page.at("/redis/used_memory_human").asString()).matches("[0-9.]+[BKMG]");
        assertThat(page.at("/redis/uptime_in_seconds").isNumber()).isTrue();
        assertThat(page.at("/pending_registrations/redis_connected").asBoolean())
                .isTrue();
        assertThat(page.get("services").propertyNames())
                .containsExactly("cache-service", "notification-service", "registration-service", "session-service");
        assertThat(page.at("/services/registration-service").toString())
                .isEqualTo(
                        "{\"status\":\"healthy\",\"version\":\"1.2.3\","
                                + "\"parts\":{\"pending_registrations\":\"healthy\",\"postgres\":\"healthy\",\"redis\":\"healthy\"}}");
        assertThat(page.toString()).doesNotContain("127.0.0.1", "localhost", "redis://", String.valueOf(redis.port()));

        var ofRedis = told("/health/redis");
        assertThat(ofRedis.status()).isEqualTo(200);
        assertThat(ofRedis.page().propertyNames())
                .containsExactly("status", "redis", "connected_clients", "used_memory_human", "uptime_in_seconds");
        assertThat(word(ofRedis)).isEqualTo("healthy");
        assertThat(ofRedis.page().get("redis").asString()).isEqualTo("connected");
    }

    @Test
    void isAnsweredAtOnceWhileRedisIsFrozen() {
        redis.pause();
        try {
            var told = awaitTold(
                    "/health",
                    it -> assertThat(it.page().at("/redis/status").asString()).isEqualTo("unhealthy"));
            assertThat(told.status()).isEqualTo(200);
            assertThat(word(told)).isEqualTo("degraded");
            assertThat(told.page().get("redis").propertyNames()).containsExactly("status");
            assertAnsweredAtOnce();
            var ofRedis = told("/health/redis");
            assertThat(ofRedis.status()).isEqualTo(503);
            assertThat(ofRedis.page())
                    .hasToString("{\"status\":\"unhealthy\",\"redis\":\"disconnected\",\"error\":\"Redis does not"
                            + " answer\"}");
        } finally {
            redis.resume();
        }
        awaitTold("/health", it -> assertThat(word(it)).isEqualTo("healthy"));
    }

    @Test
    void isDegradedWithoutOneServiceAndUnhealthyWithoutAnother() {
        cache.stop();
        var told = awaitTold(
                "/health",
                it -> assertThat(it.page().at("/services/cache-service/status").asString())
                        .isEqualTo("unhealthy"));
        assertThat(told.status()).isEqualTo(200);
        assertThat(word(told)).isEqualTo("degraded");

        registration.stop();
        told = awaitTold("/health", it -> assertThat(word(it)).isEqualTo("unhealthy"));
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.page().get("pending_registrations").toString()).isEqualTo("{\"redis_connected\":false}");
    }

    @Test
    void isAnsweredAtOnceWhileAServiceIsFrozen() {
        notification.isHealthy(_ -> Mono.never());

        awaitTold(
                "/health",
                it -> assertThat(it.page()
                                .at("/services/notification-service/status")
                                .asString())
                        .isEqualTo("unhealthy"));
        assertAnsweredAtOnce();
    }

    @Test
    void isBehindTheSameHygieneAsEverythingElse() {
        client().get()
                .uri("/health")
                .exchange()
                .expectHeader()
                .exists("X-Trace-Id")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store");
        client().get()
                .uri("/health")
                .header("Authorization", "Bearer nonsense")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client().post().uri("/health").exchange().expectStatus().isNotFound();
        client().get().uri("/internal/health").exchange().expectStatus().isNotFound();
    }

    private void assertAnsweredAtOnce() {
        long began = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            told("/health");
        }
        // What they would take if each waited for a check.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CHECK.multipliedBy(REQUESTS));
    }

    private Told awaitTold(String path, Consumer<Told> expected) {
        await().atMost(SOON).untilAsserted(() -> expected.accept(told(path)));
        return told(path);
    }

    private Told told(String path) {
        var answer =
                client().get().uri(path).exchange().expectBody(String.class).returnResult();
        return new Told(answer.getStatus().value(), JsonMapper.shared().readTree(answer.getResponseBody()));
    }

    private static String word(Told told) {
        return told.page().get("status").asString();
    }
}
