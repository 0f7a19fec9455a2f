package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.ACME;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_SENTINELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.RedisSentinels;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Redis behind Sentinels: its replica replaces the master, for commands and for announcements. */
@RunningLocks
@WithServers(own = REDIS_SENTINELS)
@ConcurrentTestClass
class SentinelFailoverIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final LocksApi.Calls calls;
    private final LockWaiters waiters;
    private final RedisSentinels redis;

    SentinelFailoverIT(@Autowired LocksApi api, @Autowired LockWaiters waiters, @Autowired RedisSentinels redis) {
        this.calls = api.as(application(ACME));
        this.waiters = waiters;
        this.redis = redis;
    }

    @Test
    void announcesReleasesAtTheNewMaster() {
        long before = calls.acquire("before", "{}").expect(200).fence();
        redis.killMaster();

        assertThat(calls.acquire("a", "{}").status()).isEqualTo(503);
        await().atMost(LONG).until(() -> calls.acquire("a", "{\"ttl_ms\":1000}").status() == 200);
        var lock = calls.acquire("b", "{\"ttl_ms\":600000}").expect(200);
        assertThat(lock.fence()).isGreaterThan(before);
        var waiting = calls.acquiring("b", "{\"wait_ms\":30000}");
        await().atMost(LONG).until(() -> waiters.count() == 1);
        calls.release("b", lock.field("token")).expect(204);

        assertThat(waiting.join().expect(200).fence()).isGreaterThan(lock.fence());
    }
}
