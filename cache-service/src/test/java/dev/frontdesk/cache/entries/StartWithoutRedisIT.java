package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.CacheApplication;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service may start before its Redis. Requests must not wait for each other in that time. */
class StartWithoutRedisIT {

    private static final int CALLERS = 16;

    @Test
    void answersAtOnceWhileRedisIsFrozen() {
        try (var redis = TestServers.privateRedis()) {
            redis.pause();
            try (var service = start(redis)) {
                var api = service.getBean(CacheApi.class);
                api.health("readiness").expectStatus().isOk();

                var began = System.nanoTime();
                assertThat(statuses(api)).containsOnly(503);
                // What they would take one after the other.
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isLessThan(Duration.ofMillis(500).multipliedBy(CALLERS));

                redis.resume();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(statuses(api)).containsOnly(204));
            }
        }
    }

    @Test
    void findsARedisThatStartsLater() {
        try (var redis = TestServers.privateRedis()) {
            redis.stop();
            try (var service = start(redis)) {
                var api = service.getBean(CacheApi.class);
                api.health("readiness").expectStatus().isOk();
                assertThat(statuses(api)).containsOnly(503);

                redis.start();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(statuses(api)).containsOnly(204));
            }
        }
    }

    private static Stream<Integer> statuses(CacheApi api) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, CALLERS)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> status(api), callers))
                    .toList();
            return calls.stream().map(CompletableFuture::join);
        }
    }

    private static int status(CacheApi api) {
        return api.as(application(ACME))
                .put("n/k", "x")
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private static ConfigurableApplicationContext start(Redis redis) {
        // As arguments, which come before the ports of application.yml.
        return new SpringApplicationBuilder(CacheApplication.class, CacheApi.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--FRONTDESK_ENV=local-start",
                        "--REDIS_URL=" + redis.url(),
                        "--frontdesk.identity.key=" + Base64.getEncoder().encodeToString(new byte[32]),
"--frontdesk.cache.key=" + Base64.getEncoder().encodeToString(new byte[32]));
    }
}
