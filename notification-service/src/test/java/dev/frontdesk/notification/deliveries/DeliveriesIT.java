package dev.frontdesk.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.PostgresSignals;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.notification.DeliveryRows;
import dev.frontdesk.notification.RunningService;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The queue with handlers of the tests' own, each test in a queue of its own. */
@RunningService
class DeliveriesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration EXPIRED = Duration.ofMillis(-1);
    private static final Duration LONG_LEASE = Duration.ofMinutes(1);
    private static final DeliveryProperties QUICK = properties(Duration.ofMillis(100));
    private static final DeliveryProperties WOKEN_ONLY = properties(Duration.ofHours(1));

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private DeliveryRows rows;

    @Autowired
    private TraceCarrier traces;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private ConnectionFactory connections;

    private final String queue = "test-" + UUID.randomUUID();
    private final Disposable.Composite workers = Disposables.composite();

    @AfterEach
    void stopWorkers() {
        workers.dispose();
    }

    @Test
    void takesAKeyOnce() {
        add("same", 10);
        add("same", 10);
        add("other", 10);

        assertThat(claim(10)).hasSize(2);
    }

    @Test
    void claimsByPriorityThenByDueTime() {
        add("ordinary-1", 10);
        add("ordinary-2", 10);
        add("urgent", 0);

        assertThat(claim(1)).extracting(Delivery::kind).containsExactly("urgent");
        assertThat(claim(1)).extracting(Delivery::kind).containsExactly("ordinary-1");
        assertThat(claim(1)).extracting(Delivery::kind).containsExactly("ordinary-2");
        assertThat(claim(1)).isEmpty();
    }

    @Test
    void sharesItsWorkAmongWorkersWithoutDoingAnyTwice() {
        var done = new ConcurrentLinkedQueue<UUID>();
        Flux.range(0, 200)
                .flatMap(i -> deliveries.add(delivery("k" + i, 10, 3, null)), 16)
                .blockLast(SOON);
        for (int i = 0; i < 3; i++) {
            work(
                    QUICK,
                    delivery ->
                            Mono.delay(Duration.ofMillis(5)).then(Mono.fromRunnable(() -> done.add(delivery.id()))));
        }

        await().atMost(SOON).until(() -> countOf("completed") == 200);
        assertThat(done).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void isWokenWithoutWaitingForASweep() {
        var done = ConcurrentHashMap.<String>newKeySet();
        work(WOKEN_ONLY, delivery -> Mono.fromRunnable(() -> done.add(delivery.kind())));

        // The first ones may come before somebody listens, and the first of all is found by the look at the start.
        var added = new AtomicInteger();
        await().atMost(SOON).until(() -> {
            add("k" + added.incrementAndGet(), 10);
            int before = added.get() - 1;
            return before > 1 && done.contains("k" + before);
        });
    }

    @Test
    void worksNoMoreAtOnceThanItMay() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            add("k" + i, 10);
        }
        work(
                QUICK,
                _ -> Mono.fromRunnable(() -> most.accumulateAndGet(atOnce.incrementAndGet(), Math::max))
                        .then(Mono.delay(Duration.ofMillis(50)))
                        .then(Mono.fromRunnable(atOnce::decrementAndGet)));

        await().atMost(SOON).until(() -> countOf("completed") == 20);
        assertThat(most).hasValue(QUICK.concurrency());
    }

    @Test
    void triesAgainLaterAndThenGivesUp() {
        add("k", 10);
        var attempts = new ConcurrentLinkedQueue<Integer>();
        work(QUICK, delivery -> {
            attempts.add(delivery.attempt());
            return Mono.error(new NotDeliveredYet("not now", new IllegalStateException()));
        });

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(column("failure")).isEqualTo("not now");
    }

    @Test
    void givesUpAtOnceWhatCanNotSucceed() {
        add("k", 10);
        var attempts = new AtomicInteger();
        work(QUICK, _ -> {
            attempts.incrementAndGet();
            return Mono.error(new Undeliverable("never"));
        });

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).hasValue(1);
        assertThat(column("failure")).isEqualTo("never");
    }

    @Test
    void doesNotDoWhatIsNoLongerWorthDoingAndWipesItsSecret() {
        deliveries.add(delivery("k", 10, 3, Instant.now().minusSeconds(1))).block(SOON);
        var attempts = new AtomicInteger();
        work(QUICK, _ -> Mono.fromRunnable(attempts::incrementAndGet));

        await().atMost(SOON).until(() -> countOf("failed") == 1);
        assertThat(attempts).hasValue(0);
        assertThat(column("failure")).isEqualTo("expired");
        assertThat(column("sealed")).isNull();
    }

    @Test
    void waitsNoLongerForAnotherAttemptThanItIsWorthDoing() {
        var expiry = Instant.now().plusSeconds(600);
        deliveries.add(delivery("k", 10, 3, expiry)).block(SOON);
        var claimed = claim(1).getFirst();

        assertThat(deliveries.retry(claimed, Duration.ofHours(1), "not now").block(SOON))
                .isTrue();

        assertThat(column("due_at = expires_at")).isEqualTo("t");
    }

    @Test
    void letsAnotherWorkerHaveWhatADeadOneHadClaimed() {
        add("k", 10);
        var dead = claim(1, Duration.ofMillis(500)).getFirst();
        var done = ConcurrentHashMap.<Delivery>newKeySet();
        work(QUICK, delivery -> Mono.fromRunnable(() -> done.add(delivery)));

        await().atMost(SOON).until(() -> countOf("completed") == 1);
        assertThat(done).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(dead.id());
            assertThat(delivery.attempt()).isEqualTo(2);
            assertThat(delivery.fence()).isEqualTo(2);
        });
    }

    @Test
    void takesNothingFromAWorkerWhoseLeaseRuns() {
        add("k", 10);
        claim(1);

        assertThat(deliveries.takeOver(queue).block(SOON)).isZero();
        assertThat(claim(1)).isEmpty();
    }

    @Test
    void lostAfterItsLastAttemptItFails() {
        deliveries.add(delivery("k", 10, 1, null)).block(SOON);
        claim(1, EXPIRED);

        assertThat(deliveries.takeOver(queue).block(SOON)).isEqualTo(1);

        assertThat(countOf("failed")).isEqualTo(1);
        assertThat(column("failure")).isEqualTo("the worker that had it is gone");
        assertThat(column("sealed")).isNull();
    }

    @Test
    void aWorkerThatLostItsLeaseCanNotEndTheDelivery() {
        add("k", 10);
        var late = claim(1, EXPIRED).getFirst();
        deliveries.takeOver(queue).block(SOON);

        assertThat(deliveries.complete(late).block(SOON)).isFalse();
        var other = claim(1).getFirst();
        assertThat(deliveries.complete(late).block(SOON)).isFalse();
        assertThat(deliveries.fail(late, "late").block(SOON)).isFalse();
        assertThat(deliveries.retry(late, Duration.ZERO, "late").block(SOON)).isFalse();
        assertThat(deliveries.complete(other).block(SOON)).isTrue();
        assertThat(deliveries.complete(other).block(SOON)).isFalse();
        assertThat(countOf("completed")).isEqualTo(1);
    }

    @Test
    void finishesWhatItWorksOnBeforeItStops() {
        add("k", 10);
        var began = new AtomicInteger();
        var worker = work(
                QUICK,
                _ -> Mono.fromRunnable(began::incrementAndGet)
                        .then(Mono.delay(Duration.ofMillis(500)))
                        .then());
        await().atMost(SOON).until(() -> began.get() == 1);

        worker.stop().block(SOON);

        assertThat(countOf("completed")).isEqualTo(1);
        add("later", 10);
        assertThat(claim(1)).hasSize(1);
    }

    @Test
    void worksWhatItWasClaimingWhenItWasStopped() {
        add("k", 10);
        var claimed = Sinks.empty();
        var answer = Sinks.empty();
        var slow = new Deliveries(database, traces) {
            @Override
            Flux<Delivery> claim(String queue, int room, Duration lease) {
                return super.claim(queue, room, lease)
                        .doOnNext(_ -> claimed.tryEmitEmpty())
                        .delayUntil(_ -> answer.asMono());
            }
        };
        var worker = work(slow, QUICK, _ -> Mono.empty());
        claimed.asMono().block(SOON);

        var stopped = worker.stop().toFuture();
        answer.tryEmitEmpty();

        await().atMost(SOON).until(stopped::isDone);
        assertThat(countOf("completed")).isEqualTo(1);
    }

    private DeliveryWorker work(DeliveryProperties properties, Function<Delivery, Mono<Void>> effect) {
        return work(deliveries, properties, effect);
    }

    private DeliveryWorker work(
            Deliveries deliveries, DeliveryProperties properties, Function<Delivery, Mono<Void>> effect) {
        var handler = new DeliveryHandler() {
            @Override
            public String queue() {
                return queue;
            }

            @Override
            public Mono<Void> handle(Delivery delivery) {
                return effect.apply(delivery);
            }
        };
        var worker = new DeliveryWorker(handler, deliveries, properties, traces, Clock.systemUTC());
        var signals = new PostgresSignals(connections, Deliveries.SIGNAL);
        workers.add(worker.run(signals.listen().map(Notification::getParameter)).subscribe());
        return worker;
    }

    private void add(String key, int priority) {
        deliveries.add(delivery(key, priority, 3, null)).block(SOON);
    }

    private NewDelivery delivery(String key, int priority, int maxAttempts, @Nullable Instant expiresAt) {
        return new NewDelivery(
                new TenantId("acme"), queue, key, key, priority, maxAttempts, expiresAt, "{}", "a sealed secret");
    }

    private List<Delivery> claim(int room) {
        return claim(room, LONG_LEASE);
    }

    private List<Delivery> claim(int room, Duration lease) {
        return deliveries
                .claim(queue, room, lease)
                .collectList()
                .blockOptional(SOON)
                .orElseThrow();
    }

    private long countOf(String state) {
        return Long.parseLong(String.valueOf(rows.value(
                "SELECT count(*) FROM notification.deliveries WHERE queue = ? AND state = '" + state + "'", queue)));
    }

    private @Nullable String column(String expression) {
        return rows.value("SELECT " + expression + " FROM notification.deliveries WHERE queue = ?", queue);
    }

    private static DeliveryProperties properties(Duration sweep) {
        var step = Duration.ofMillis(10);
        return new DeliveryProperties(5, LONG_LEASE, sweep, step, step, Duration.ofSeconds(5));
    }
}
