package dev.frontdesk.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.health.RedisHealth;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.RedisSentinels;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every form of REDIS_URL against a real Redis. */
@ConcurrentTestClass
class RedisUrlIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** What a command takes that has no timeout of its own. Connect and command have half a second each. */
    private static final Duration WITHOUT_A_TIMEOUT = Duration.ofSeconds(15);

    @Test
    void overTlsAsAnAclUserInADatabaseOfItsOwn() {
        try (var server = TestServers.privateRedisTls()) {
            try (var client = new RedisClient(server.url())) {
                client.set("k", "v");
                assertThat(client.get("k")).isEqualTo("v");
                assertThat(client.connections()).singleElement().asString().contains("db=3", "user=app");
            }
            assertRefuses(server.address());
            // Signed by a trusted authority, but for another name.
            assertRefuses(server.url().replace("127.0.0.1", "localhost"));
            assertTakes(server.url().replace("127.0.0.1", "localhost") + "&sslmode=verify-ca");
            assertTakes(server.address() + "?sslmode=require");
        }
    }

    @Test
    void takesAsManyConnectionsInTurnAsItIsTold() {
        try (var server = TestServers.privateRedis();
                var client = new RedisClient(server.url(), "--REDIS_POOL_SIZE=3")) {
            IntStream.range(0, 6).forEach(i -> client.set("k" + i, "v"));

            assertThat(client.connections())
                    .hasSize(3)
                    .allMatch(it -> it.contains("cmd=set") || it.contains("cmd=client"));
        }
    }

    @Test
    void findsTheMasterWhoseNameEndsTheList() {
        try (var servers = TestServers.privateRedisSentinels()) {
            String list = servers.url()
                    .replace("redis-sentinel://", "redis://")
                    .replace("/0?master=frontdesk&", ",frontdesk/0?");
            try (var client = new RedisClient(list)) {
                client.set("k", "v");
                // In addition to those of the replica and the Sentinels.
                assertThat(client.connections())
                        .anyMatch(it ->
                                it.contains("cmd=client") && it.contains("laddr=127.0.0.1:" + servers.masterPort()));
            }

            // A password only, in a URL and in parts.
            String port = String.valueOf(servers.masterPort());
            assertTakes("redis://only-for-tests@127.0.0.1:" + port + "/3");
            try (var client = new RedisClient(
                    "",
                    "--REDIS_HOST=127.0.0.1",
                    "--REDIS_PORT=" + port,
                    "--REDIS_PASSWORD=only-for-tests",
                    "--REDIS_DB=3")) {
                client.set("k", "v");
                assertThat(client.connections()).anyMatch(it -> it.contains("cmd=client") && it.contains("db=3"));
            }
            // The URL has precedence over the parts.
            assertTakes("redis://only-for-tests@127.0.0.1:" + port, "--REDIS_HOST=192.0.2.1", "--REDIS_PASSWORD=wrong");
        }
    }

    @Test
    void usesAClusterThatIsNamedByItsNodes() {
        var servers = TestServers.redisCluster();
        for (String nodes : List.of(servers.nodes().getFirst(), String.join(", ", servers.nodes()))) {
            try (var client = new RedisClient("", "--REDIS_CLUSTER_NODES=" + nodes)) {
                Partition.all().forEach(it -> client.set(it.tag() + ":named", "v"));
            }
        }
    }

    @Test
    void followsTheMasterThatWasKilled() {
        followsTheMaster(RedisSentinels::killMaster);
    }

    /** Its connections stay open but never get a response. */
    @Test
    void followsTheMasterThatIsFrozen() {
        followsTheMaster(RedisSentinels::pauseMaster);
    }

    private static void followsTheMaster(Consumer<RedisSentinels> fails) {
        try (var servers = TestServers.privateRedisSentinels();
                var client = new RedisClient(servers.url())) {
            var heard = new CopyOnWriteArrayList<String>();
            var listening = client.listen("news").subscribe(heard::add);
            client.set("k", "before");
            await().atMost(LONG).untilAsserted(() -> {
                client.tell("k", "news", "before");
                assertThat(heard).contains("before");
            });

            fails.accept(servers);

            assertFails(() -> client.set("k", "lost"));
            await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
                client.tell("k", "news", "after");
                assertThat(client.get("k")).isEqualTo("after");
                assertThat(heard).contains("after");
            });
            listening.dispose();
        }
    }

    @Test
    void usesAClusterAndFailsFastWhileItIsDown() {
        try (var servers = TestServers.privateRedisCluster();
                var client = new RedisClient(servers.url())) {
            var heard = new CopyOnWriteArrayList<String>();
            var listening = client.listen("news").subscribe(heard::add);
            var all = Partition.all().stream().map(it -> it.tag() + ":k").toList();
            all.forEach(key -> client.set(key, key));
            assertThat(all).allSatisfy(key -> assertThat(client.get(key)).isEqualTo(key));
            // The message arrives, whichever master runs the script.
            await().atMost(LONG).untilAsserted(() -> {
                all.forEach(key -> client.tell(key, "news", key));
                assertThat(heard).containsAll(all);
            });

            // For all masters together.
            assertThat(new RedisHealth(client.redis).look().block(LONG))
                    .containsOnlyKeys("connected_clients", "used_memory_human", "uptime_in_seconds");

            servers.pauseOne();
            assertSomeFail(client, all);
            servers.resume();

            await().atMost(LONG).ignoreExceptions().untilAsserted(() -> all.forEach(key -> client.set(key, "back")));
            listening.dispose();
        }
    }

    /** In parallel, because one after the other takes long if many fail. */
    private static void assertSomeFail(RedisClient client, List<String> keys) {
        var failures = Flux.fromIterable(keys)
                .flatMap(
                        key -> client.redis
                                .opsForValue()
                                .set(key, "v")
                                .subscribeOn(Schedulers.parallel())
                                .then(Mono.<Throwable>empty())
                                .onErrorResume(Mono::just),
                        keys.size())
                .collectList()
                .block(LONG);
        assertThat(failures).isNotEmpty().allMatch(Outages::isBehind);
    }

    private static void assertFails(Runnable command) {
        long began = System.nanoTime();
        assertThatThrownBy(command::run).matches(Outages::isBehind);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WITHOUT_A_TIMEOUT);
    }

    private static void assertTakes(String url, String... settings) {
        try (var client = new RedisClient(url, settings)) {
            client.set("k", "v");
        }
    }

    private static void assertRefuses(String url) {
        try (var client = new RedisClient(url)) {
            assertThatThrownBy(() -> client.set("k", "v")).matches(Outages::isBehind);
        }
    }
}
