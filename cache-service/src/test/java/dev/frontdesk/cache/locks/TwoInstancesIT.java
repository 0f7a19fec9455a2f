package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.ACME;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.CacheApplication;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@RunningLocks
@WithServers(REDIS_CLUSTER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {

    private static final int CLIENTS = 20;
    private static final int ROUNDS = 5;
    private static final String WAITING = "{\"ttl_ms\":600000,\"wait_ms\":30000}";

    private final LocksApi api;
    private final TestEnvironment servers;
    private final String name = UUID.randomUUID().toString();
    private ConfigurableApplicationContext other;

    TwoInstancesIT(@Autowired LocksApi api, @Autowired TestEnvironment servers) {
        this.api = api;
        this.servers = servers;
    }

    @BeforeAll
    void startsAnother() {
        var arguments = new ArrayList<>(
                List.of("--server.port=0", "--management.server.port=0", "--frontdesk.cache.locks.look-again=1h"));
        servers.variables().forEach((variable, value) -> arguments.add("--" + variable + "=" + value));
        arguments.add("--frontdesk.identity.key=" + servers.variable("FRONTDESK_IDENTITY_KEY"));
        arguments.add("--frontdesk.cache.key=" + servers.variable("FRONTDESK_CACHE_KEY"));
        other = new SpringApplicationBuilder(CacheApplication.class).run(arguments.toArray(String[]::new));
    }

    @AfterAll
    void stops() {
        other.close();
    }

    private LocksApi.Calls there() {
        return api.as(
                application(ACME), Integer.parseInt(other.getEnvironment().getRequiredProperty("local.server.port")));
    }

    @Test
    void neverHasTwoHolders() {
        var instances = List.of(api.as(application(ACME)), there());
        var holders = new AtomicInteger();
        var order = Collections.synchronizedList(new ArrayList<Long>());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                for (int round = 0; round < ROUNDS; round++) {
                                    holdOnce(instances.get(i % 2), holders, order);
                                }
                            },
                            clients))
                    .toList();
            work.forEach(CompletableFuture::join);
        }

        assertThat(order).hasSize(CLIENTS * ROUNDS).isSorted().doesNotHaveDuplicates();
    }

    /** Tries again after a refusal: waiting is not fair. */
    private void holdOnce(LocksApi.Calls instance, AtomicInteger holders, List<Long> order) {
        LocksApi.Answer lock;
        do {
            lock = instance.acquire(name, WAITING);
        } while (lock.status() == 409);
        lock.expect(200);
        assertThat(holders.incrementAndGet()).isEqualTo(1);
        order.add(lock.fence());
        holders.decrementAndGet();
        instance.release(name, lock.field("token")).expect(204);
    }

    @Test
    void aReleaseAtOneWakesThoseAtTheOther() {
        var here = api.as(application(ACME));
        var lock = here.acquire(name, WAITING).expect(200);
        var waiting = other.getBean(WaitingAcquisitions.class)
                .acquire(new Acquisition(
                        ACME, new LockName(name), LockToken.random(), "", Duration.ofSeconds(1), Duration.ofHours(1)))
                .toFuture();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> other.getBean(LockWaiters.class).count() == 1);

        here.release(name, lock.field("token")).expect(204);

        await().atMost(Duration.ofSeconds(60)).until(waiting::isDone);
        assertThat(waiting.join()).isInstanceOf(Attempt.Acquired.class);
    }

    @Test
    void aStoppingInstanceAnswersThoseWhoWait() {
        api.as(application(ACME)).acquire(name, WAITING).expect(200);
        var waiting = there().acquiring(name, WAITING);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> other.getBean(LockWaiters.class).count() == 1);

        other.close();
        try {
            var answer = waiting.join().expect(409);
            assertThat(answer.problem()).isEqualTo("lock-held");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        } finally {
            startsAnother();
        }
    }
}
