package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.ACME;
import static dev.frontdesk.cache.locks.LocksApi.OTHER;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.metrics.Scrape;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.BaseSubscriber;

/** Few may wait here. */
@RunningLocks
@TestPropertySource(
        properties = {"frontdesk.cache.locks.max-waiting=3", "frontdesk.cache.locks.max-waiting-per-tenant=2"})
@WithServers(REDIS_CLUSTER)
class WaitingAcquisitionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than this test waits for anything. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final String WAITING = "{\"wait_ms\":30000}";

    private final LocksApi api;
    private final LocksApi.Calls application;
    private final WaitingAcquisitions acquisitions;
    private final Locks locks;
    private final LockWaiters waiters;
    private final Environment environment;
    private final String name = UUID.randomUUID().toString();

    WaitingAcquisitionsIT(
            @Autowired LocksApi api,
            @Autowired WaitingAcquisitions acquisitions,
            @Autowired Locks locks,
            @Autowired LockWaiters waiters,
            @Autowired Environment environment) {
        this.api = api;
        this.application = api.as(application(ACME));
        this.acquisitions = acquisitions;
        this.locks = locks;
        this.waiters = waiters;
        this.environment = environment;
    }

    @AfterEach
    void nobodyWaitsAnyMore() {
        waits(0);
    }

    @Test
    void aReleaseWakesTheFirstAndItsReleaseTheNext() {
        var holder = acquired(wanted(ACME));
        var first = acquisitions.acquire(wanted(ACME)).toFuture();
        waits(1);
        var second = acquisitions.acquire(wanted(ACME)).toFuture();
        waits(2);

        release(holder);
        var next = (Attempt.Acquired) CompletableFuture.anyOf(first, second)
                .orTimeout(PATIENCE.toSeconds(), SECONDS)
                .join();
        waits(1);
        assertThat(next.lock().fence()).isGreaterThan(holder.attempt().lock().fence());

        var winner = first.isDone() ? first : second;
        var other = first.isDone() ? second : first;
        assertThat(winner).isDone();
        assertThat(other).isNotDone();
        locks.release(ACME, new LockName(name), tokens.get(first.isDone() ? 1 : 2))
                .block(PATIENCE);
        assertThat(other.orTimeout(PATIENCE.toSeconds(), SECONDS).join()).isInstanceOf(Attempt.Acquired.class);
    }

    @Test
    void getsItWhenItExpires() {
        locks.acquire(wanted(ACME, Duration.ofSeconds(1), LONG), false).block(PATIENCE);

        assertThat(acquisitions.acquire(wanted(ACME)).block(PATIENCE)).isInstanceOf(Attempt.Acquired.class);
    }

    @Test
    void isRefusedWhenItsTimeIsOver() {
        application.acquire(name, "{\"ttl_ms\":3600000}").expect(200);

        var refused = application.acquire(name, "{\"wait_ms\":100}").expect(409);

        assertThat(refused.problem()).isEqualTo("lock-held");
    }

    @Test
    void aClientThatLeavesDoesNotGetIt() {
        var holder = application.acquire(name, "{\"ttl_ms\":3600000}").expect(200);
        var waiting = application.acquiring(name, WAITING);
        waits(1);

        waiting.cancel(true);
        waits(0);

        application.release(name, holder.field("token")).expect(204);
        isFree();
    }

    @Test
    void aLockForAClientThatHasLeftIsGivenBack() {
        for (int i = 0; i < 50; i++) {
            leavesAtOnce(wanted(ACME));
            leavesAtOnce(wanted(ACME, LONG, Duration.ZERO));
        }
        await().atMost(PATIENCE).untilAsserted(this::isFree);
    }

    /** Redis has replied, but the request has not got the reply yet. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1H"})
    void aLockThatIsNotDeliveredIsGivenBack(Duration patience) {
        var takesNothing = new BaseSubscriber<Attempt>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // Without a request nothing is delivered.
            }
        };
        var wanted = wanted(ACME, LONG, patience);
        acquisitions.acquire(wanted).subscribe(takesNothing);
        await().atMost(PATIENCE)
                .until(() -> locks.find(ACME, wanted.name()).blockOptional(PATIENCE).isPresent());

        takesNothing.cancel();

        await().atMost(PATIENCE).untilAsserted(this::isFree);
    }

    /** If the lock is there first after all, it releases it itself. */
    private void leavesAtOnce(Acquisition wanted) {
        acquisitions
                .acquire(wanted)
                .filter(Attempt.Acquired.class::isInstance)
                .flatMap(_ -> locks.release(ACME, wanted.name(), wanted.token()))
                .subscribe()
                .dispose();
    }

    /** The first request's answer may have reached the client, whose library then sent the request again. */
    @Test
    void aRepeatedRequestThatEndsDoesNotReleaseTheLock() {
        var holder = acquired(wanted(ACME));
        var again = holder.wanted();
        locks.giveBack(again, acquired(again).attempt());
        // After the repetition, the first answer can't be given back any more either.
        locks.giveBack(again, holder.attempt());

        assertThat(locks.renew(ACME, again.name(), again.token(), LONG).block(PATIENCE))
                .isNotNull();
    }

    @Test
    void onlySomeMayWait() {
        for (var tenant : List.of(ACME, OTHER)) {
            api.as(application(tenant)).acquire(name, "{\"ttl_ms\":3600000}").expect(200);
        }
        var waiting = new ArrayList<CompletableFuture<LocksApi.Answer>>();
        for (int i = 1; i <= 2; i++) {
            waiting.add(application.acquiring(name, WAITING));
            waits(i);
        }
        isOverloaded(application.acquire(name, WAITING));
        waiting.add(api.as(application(OTHER)).acquiring(name, WAITING));
        waits(3);
        isOverloaded(api.as(application(OTHER)).acquire(name, WAITING));
        assertThat(Scrape.of(environment).value("frontdesk_cache_locks_waiting"))
                .isEqualTo(3);

        waiting.forEach(it -> it.cancel(true));
    }

    private static void isOverloaded(LocksApi.Answer answer) {
        assertThat(answer.expect(503).problem()).isEqualTo("overloaded");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private final List<LockToken> tokens = new ArrayList<>();

    private record Holder(Acquisition wanted, Attempt.Acquired attempt) {}

    private Holder acquired(Acquisition wanted) {
        return new Holder(wanted, (Attempt.Acquired)
                requireNonNull(locks.acquire(wanted, false).block(PATIENCE)));
    }

    private Acquisition wanted(TenantId tenant) {
        return wanted(tenant, LONG, LONG);
    }

    private Acquisition wanted(TenantId tenant, Duration ttl, Duration patience) {
        var token = LockToken.random();
        tokens.add(token);
        return new Acquisition(tenant, new LockName(name), token, "", ttl, patience);
    }

    private void release(Holder holder) {
        locks.release(ACME, new LockName(name), holder.wanted().token()).block(PATIENCE);
    }

    private void waits(int count) {
        await().atMost(PATIENCE).until(waiters::count, now -> now == count);
    }

    private void isFree() {
        assertThat(application.get("/" + name).json().get("held").booleanValue())
                .isFalse();
    }
}
