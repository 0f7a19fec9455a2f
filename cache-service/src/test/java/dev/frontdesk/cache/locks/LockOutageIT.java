package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.ACME;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@RunningLocks
@TestPropertySource(properties = "frontdesk.cache.locks.look-again=1s")
@WithServers(own = REDIS)
@ConcurrentTestClass
class LockOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG = "{\"ttl_ms\":3600000}";

    private final LocksApi.Calls application;
    private final LockWaiters waiters;
    private final Redis redis;
    private final String name = UUID.randomUUID().toString();

    LockOutageIT(@Autowired LocksApi api, @Autowired LockWaiters waiters, @Autowired Redis redis) {
        this.application = api.as(application(ACME));
        this.waiters = waiters;
        this.redis = redis;
    }

    @Test
    void answersUnavailableWhileRedisIsStopped() {
        String token = application.acquire(name, LONG).expect(200).field("token");
        var waiting = application.acquiring(name, "{\"wait_ms\":30000}");
        await().atMost(PATIENCE).until(() -> waiters.count() == 1);

        redis.stop();
        isUnavailable(waiting.join());
        isUnavailable(application.acquire(name, "{}"));
        isUnavailable(application.acquire(name + "-free", "{}"));
        isUnavailable(application.renew(name, token, 1000));
        isUnavailable(application.release(name, token));
        isUnavailable(application.get("/" + name));
        isUnavailable(application.get(""));

        redis.start();
        await().atMost(PATIENCE)
                .until(() -> application.get("/" + name).status() == 200
                        && application.acquire(name + "-again", "{}").status() != 503);
    }

    @Test
    void aFullRedisGivesNoLocksAndKeepsThoseItHas() {
        String token = application.acquire(name, LONG).expect(200).field("token");
        String renewed =
                application.acquire(name + "-renewed", LONG).expect(200).field("token");

        redis.fill();
        try {
            isUnavailable(application.acquire(name + "-new", "{}"));
            application.renew(name + "-renewed", renewed, 60_000).expect(200);
            application.release(name, token).expect(204);
            assertThat(application.get("/" + name).json().get("held").booleanValue())
                    .isFalse();
            application.get("").expect(200);
        } finally {
            redis.makeRoom();
        }
        application.acquire(name + "-new", "{}").expect(200);
    }

    private static void isUnavailable(LocksApi.Answer answer) {
        assertThat(answer.expect(503).problem()).isEqualTo("unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
}
