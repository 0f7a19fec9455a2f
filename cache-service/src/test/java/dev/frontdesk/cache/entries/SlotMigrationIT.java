package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.RedisCluster;
import dev.frontdesk.testsupport.servers.WithServers;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

/** Slots with entries move to other masters of a Redis Cluster while clients read and write. */
@RunningService
@WithServers(own = REDIS_CLUSTER)
@ConcurrentTestClass
// A command that times out may still run later; here, what got 503 was refused by a master.
@TestPropertySource(properties = "spring.data.redis.timeout=30s")
class SlotMigrationIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CLIENTS = 6;
    private static final int KEYS_OF_A_CLIENT = 8;
    private static final int COUNTERS = 4;
    private static final int SLOTS = 6;

    /** While each key moves. */
    private static final int REQUESTS = 6;

    private final CacheApi api;
    private final StoredEntries stored;
    private final RedisCluster cluster;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Semaphore requests = new Semaphore(0);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong turn = new AtomicLong();

    /** What was acknowledged, and what got 503. */
    private record Counter(LongAdder done, LongAdder refused) {}

    SlotMigrationIT(@Autowired CacheApi api, @Autowired StoredEntries stored, @Autowired RedisCluster cluster) {
        this.api = api;
        this.stored = stored;
        this.cluster = cluster;
    }

    @Test
    void losesNothingThatWasAcknowledged() {
        var tenant = new TenantId("moving");
        var calls = api.as(application(tenant));
        var moving = Partition.all().subList(0, SLOTS);
        names(tenant, "counters", moving, COUNTERS)
                .forEach(key -> counters.put(key, new Counter(new LongAdder(), new LongAdder())));
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new MigrationClient(
                        calls, "own-" + i, names(tenant, "own-" + i, moving, KEYS_OF_A_CLIENT), i))
                .toList();
        try (var slots = new MovingSlots(cluster.nodes());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<CompletableFuture<Void>>();
            clients.forEach(client -> work.add(CompletableFuture.runAsync(() -> repeat(client::operate), threads)));
            work.add(CompletableFuture.runAsync(() -> repeat(() -> increment(calls)), threads));
            try {
                for (Partition partition : moving) {
                    slots.move(slotOf(partition), Comparator.comparing(String::hashCode), () -> awaitRequests(work));
                }
            } finally {
                stopped.set(true);
            }
            work.forEach(CompletableFuture::join);

            assertThat(List.of("ASK", "TRYAGAIN", "MOVED"))
                    .allSatisfy(error -> assertThat(slots.answered(error)).as(error).isPositive());
            // Scripts are sent again several times before the client gets 503.
            assertThat(slots.answered("TRYAGAIN")).isGreaterThan(5 * refused(clients));
        }

        clients.forEach(MigrationClient::checkAll);
        counters.forEach((key, counter) -> assertThat(number(calls, key))
                .isBetween(
                        counter.done().sum(),
                        counter.done().sum() + counter.refused().sum()));
        countsWhatThereIs(tenant);
    }

    /** One entry that is valid has moved; another one, which has not, is invalidated. */
    @Test
    void sweepsOnlyWhenAllEntriesAreAtOneMaster() {
        var tenant = new TenantId("sweeping");
        var calls = api.as(application(tenant));
        var partition = Partition.all().getLast();
        var names = names(tenant, "n", List.of(partition), 2);
        calls.send(HttpMethod.PUT, "n/" + names.getFirst() + "?ttl_seconds=1000")
                .header("Cache-Tag", "old")
                .bodyValue("x")
                .exchange();
        calls.put("n/" + names.getLast() + "?ttl_seconds=2000", "x");
        var step = new AtomicLong();
        try (var slots = new MovingSlots(cluster.nodes())) {
            var validFirst = Comparator.comparing((String key) -> !key.endsWith(":app:n:" + names.getLast()));
            slots.move(slotOf(partition), validFirst, () -> {
                if (step.getAndIncrement() == 1) {
                    calls.get("n/" + names.getLast()).expectStatus().isOk();
                    calls.post("n/invalidate", "{\"tags\":[\"old\"]}")
                            .expectStatus()
                            .isNoContent();
                    long failed = slots.answered("ERR");
                    await().atMost(LONG).until(() -> slots.answered("ERR") > failed + 1);
                }
            });
        }

        await().atMost(LONG)
                .until(() -> stored.indexed(tenant.value()).keys() == 1);
        countsWhatThereIs(tenant);
        calls.get("n/" + names.getLast()).expectStatus().isOk();
    }

    private static int slotOf(Partition partition) {
        return SlotHash.getSlot(partition.tag());
    }

    private static List<String> names(TenantId tenant, String namespace, List<Partition> partitions, int count) {
        var owner = new Owner.Application(tenant);
        return Stream.iterate(0, i -> i + 1)
                .map(i -> "k" + i)
                .filter(key -> partitions.contains(CacheKeys.partition(owner, new EntryName(namespace, key))))
                .limit(count)
                .toList();
    }

    private void repeat(Runnable operation) {
        while (!stopped.get()) {
            operation.run();
            requests.release();
        }
    }

    private void increment(CacheApi.Calls calls) {
        var keys = List.copyOf(counters.keySet());
        String key = keys.get((int) (turn.getAndIncrement() % keys.size()));
        var result = calls.post("counters/" + key + "/increment", "{}")
                .expectBody(String.class)
                .returnResult();
        int status = result.getStatus().value();
        assertThat(status).as(result.getResponseBody()).isIn(200, 503);
        var counter = requireNonNull(counters.get(key));
        (status == 200 ? counter.done() : counter.refused()).increment();
    }

    private static long number(CacheApi.Calls calls, String key) {
        var body = calls.get("counters/" + key)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
        return Long.parseLong(requireNonNull(body.getResponseBody()));
    }

    private long refused(List<MigrationClient> clients) {
        return clients.stream().mapToLong(MigrationClient::refused).sum()
                + counters.values().stream().mapToLong(it -> it.refused().sum()).sum();
    }

    private void countsWhatThereIs(TenantId tenant) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(stored.counted(tenant.value())).isEqualTo(stored.indexed(tenant.value())));
    }

    private void awaitRequests(List<CompletableFuture<Void>> work) {
        requests.drainPermits();
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
            work.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
            return requests.availablePermits() >= REQUESTS;
        });
    }
}
