package dev.frontdesk.gateway.limits;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@WithServers(value = KAFKA, own = REDIS)
class RedisOutageIT extends RunningGateway {

    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(200);

    @Autowired
    private Redis redis;

    private Runnable repair = () -> {};

    @AfterEach
    void repairRedis() {
        repair.run();
    }

    @Test
    void letsRequestsPassUncountedWhileRedisIsStopped() {
        awaitCounting();
        repair = redis::start;
        redis.stop();

        assertPassing(100);

        redis.start();
        repair = () -> {};
        awaitCounting();
    }

    @Test
    void letsRequestsPassUncountedWhileRedisIsFrozen() {
        awaitCounting();
        repair = redis::resume;
        redis.pause();

        // The first ones wait 200 ms each for Redis; then the circuit breaker opens.
        assertPassing(100);

        redis.resume();
        repair = () -> {};
        awaitCounting();
    }

    @Test
    void letsRequestsPassUncountedWhileRedisIsFull() {
        awaitCounting();
        repair = redis::makeRoom;
        redis.fill();

        assertPassing(100);

        redis.makeRoom();
        repair = () -> {};
        awaitCounting();
    }

    /** Without each of them waiting for Redis. */
    private void assertPassing(int requests) {
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            get().expectStatus().isOk().expectHeader().doesNotExist("X-RateLimit-Remaining");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(REDIS_TIMEOUT.multipliedBy(requests));
    }

    private void awaitCounting() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> get().expectHeader().exists("X-RateLimit-Remaining"));
    }

    private ResponseSpec get() {
        return client().get()
                .uri("/api/v1/cache/names/a")
                .exchange()
                .expectStatus()
                .isOk();
    }
}
