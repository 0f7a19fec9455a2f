package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_SENTINELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.RedisSentinels;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Redis behind Sentinels: the master is killed, and its replica replaces it. */
@RunningService
@WithServers(own = REDIS_SENTINELS)
@ConcurrentTestClass
class SentinelFailoverIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final CacheApi.Calls calls;
    private final RedisSentinels redis;

    SentinelFailoverIT(@Autowired CacheApi api, @Autowired RedisSentinels redis) {
        this.calls = api.as(application(ACME));
        this.redis = redis;
    }

    @Test
    void goesOnWithTheNewMaster() {
        calls.put("n/a", "before").expectStatus().isCreated();
        calls.post("n/counter/increment", "{}").expectStatus().isOk();
        int old = redis.masterPort();

        redis.killMaster();

        var statuses = new ArrayList<Integer>();
        await().atMost(LONG).until(() -> {
            statuses.add(status(calls.put("n/a", "after")));
            assertThat(statuses.getLast()).isIn(201, 204, 503);
            return statuses.getLast() != 503;
        });
        assertThat(statuses).contains(503);
        assertThat(redis.masterPort()).isNotEqualTo(old);
        calls.get("n/a").expectStatus().isOk().expectBody(String.class).isEqualTo("after");
        calls.post("n/mset", "{\"entries\":[{\"key\":\"b\",\"value\":1}]}")
                .expectStatus()
                .isOk();
        calls.post("n/counter/increment", "{}").expectStatus().isOk();
        calls.post("n/invalidate", "{}").expectStatus().isNoContent();
        calls.get("n/b").expectStatus().isNotFound();
    }

    private static int status(WebTestClient.ResponseSpec response) {
        return response.returnResult(Void.class).getStatus().value();
    }
}
