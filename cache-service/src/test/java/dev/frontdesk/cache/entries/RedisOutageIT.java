package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningService
@WithServers(own = REDIS)
@ConcurrentTestClass
class RedisOutageIT {

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    private final CacheApi api;
    private final CacheApi.Calls application;
    private final Redis redis;

    RedisOutageIT(@Autowired CacheApi api, @Autowired Redis redis) {
        this.api = api;
        this.application = api.as(application(ACME));
        this.redis = redis;
    }

    @Test
    void answersUnavailableWhileRedisIsStopped() {
        application.put("n/kept", "before").expectStatus().isCreated();

        redis.stop();
        isUnavailable();

        redis.start();
        isBackWith("before");
    }

    @Test
    void answersUnavailableWhileRedisIsFrozen() {
        application.put("n/frozen", "before").expectStatus().isCreated();

        redis.pause();
        isUnavailable();

        redis.resume();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> application.get("n/frozen").expectStatus().isOk());
    }

    @Test
    void takesNothingNewWhileRedisIsFullAndLosesNothing() {
        application.put("n/full", "before").expectStatus().isCreated();
        application.put("n/old", "old").expectStatus().isCreated();

        redis.fill();
        try {
            unavailable(() -> application.put("n/full", "after"));
            unavailable(() -> application.put("n/new", "new"));
            unavailable(() -> application.post("n/mset", batch("new", "new")));
            unavailable(() -> application.post("n/new/increment", "{}"));
            application
                    .get("n/full")
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("before");
            application.get("n/new").expectStatus().isNotFound();
            application.delete("n/old").expectStatus().isNoContent();
            application.get("n/old").expectStatus().isNotFound();
            application
                    .patch("n/full/ttl", "{\"ttl_seconds\":1000}")
                    .expectStatus()
                    .isOk();
            application.delete("other?pattern=*").expectStatus().isOk();
            application.post("other/invalidate", "{}").expectStatus().isNoContent();
        } finally {
            redis.makeRoom();
        }
        application.put("n/full", "after").expectStatus().isNoContent();
    }

    @Test
    void acknowledgesOnlyWhatIsStored() {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var refused = new AtomicInteger();
        try (var writers = new Writers(path -> {
            if (statusOf(application.put(path, path)) == 201) {
                acknowledged.add(path);
            } else {
                refused.incrementAndGet();
            }
        })) {
            await().until(() -> acknowledged.size() > 200);
            redis.stop();
            await().until(() -> refused.get() > 20);
            redis.start();
            var before = acknowledged.size();
            await().until(() -> acknowledged.size() > before + 100);
            assertThat(writers.areAtWork()).isTrue();
        }
        // A busy machine can take longer for a command than the service waits.
        acknowledged.forEach(path -> await().untilAsserted(
                        () -> application.get(path).expectBody(String.class).isEqualTo(path)));
    }

    /** Write new entries until they are told to stop. */
    private static final class Writers implements AutoCloseable {

        private static final int MANY = 8;

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> work;

        Writers(Consumer<String> write) {
            work = IntStream.range(0, MANY)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        for (int i = 0; !stopped.get(); i++) {
                            write.accept("acknowledged/" + writer + "-" + i);
                        }
                    }))
                    .toList();
        }

        boolean areAtWork() {
            return work.stream().noneMatch(Future::isDone);
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.close();
        }
    }

    private void isUnavailable() {
        var name = logs.mustNotTell("private-name");
        var value = logs.mustNotTell("private-value");
        for (int i = 0; i < 3; i++) {
            unavailable(() -> application.put("n/" + name, value));
            unavailable(() -> application.get("n/" + name));
            unavailable(() -> application.delete("n/" + name));
        }
        unavailable(() -> application.get("n/" + name + "/ttl"));
        unavailable(() -> application.patch("n/" + name + "/ttl", "{\"ttl_seconds\":5}"));
        unavailable(() -> application.post("n/" + name + "/increment", "{}"));
        unavailable(() -> application.post("n/mget", "{\"keys\":[\"" + name + "\"]}"));
        unavailable(() -> application.post("n/mset", batch(name, value)));
        unavailable(() -> application.post("n/invalidate", "{}"));
        unavailable(() -> application.delete("n?pattern=" + name));
        for (var group : List.of("liveness", "readiness")) {
            api.health(group).expectStatus().isOk();
        }
    }

    private static String batch(String key, String text) {
        return "{\"entries\":[{\"key\":\"" + key + "\",\"text\":\"" + text + "\"}]}";
    }

    private void isBackWith(String value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> application.get("n/kept").expectBody(String.class).isEqualTo(value));
        application.put("n/again", "x").expectStatus().isCreated();
    }

    private static void unavailable(Supplier<WebTestClient.ResponseSpec> call) {
        call.get()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .value(
                        "Retry-After",
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
    }

    private static int statusOf(WebTestClient.ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }
}
