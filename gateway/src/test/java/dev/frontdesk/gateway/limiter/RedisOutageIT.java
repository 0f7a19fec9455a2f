package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.context.TestPropertySource;

/** While Redis is down the gateway counts by itself, and adds what it counted once Redis is back. */
@TestPropertySource(properties = "frontdesk.gateway.limits.account.per-hour=10")
@WithServers(value = KAFKA, own = REDIS)
class RedisOutageIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int LIMIT = 10;
    private static final TenantId ACME = new TenantId("acme");

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private Redis redis;

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private RequestLimiter limiter;

    @Autowired
    private ReactiveStringRedisTemplate template;

    @Autowired
    private LiveGateways gateways;

    @Autowired
    private LocalCounters subjectsWithoutRedis;

    @Autowired
    private Breakers breakers;

    @Autowired
    private MeterRegistry meters;

    private Runnable repair = () -> {};

    @BeforeEach
    void awaitRedis() {
        awaitCounting();
        await().atMost(LONG).until(() -> gateways.number() == 1);
    }

    @AfterEach
    void repairRedis() {
        repair.run();
    }

    @Test
    void countsByItselfWhileRedisIsStoppedAndAddsThatLater() {
        double transitions = transitions("local");
        var account = account();
        repair = redis::start;
        redis.stop();

        assertThat(passing(account)).isEqualTo(LIMIT);
        awaitFailedTrial(account);
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("limits is unavailable"))
                .hasSize(1);
        assertThat(transitions("local")).isEqualTo(transitions + 1);

        redis.start();
        repair = () -> {};
        awaitInRedis(account, LIMIT);
        assertThat(passing(account)).isZero();
        assertThat(transitions("local")).isEqualTo(transitions + 1);
    }

    @Test
    void countsByItselfWhileRedisIsFrozenAndAddsThatLater() {
        var account = account();
        repair = redis::resume;
        redis.pause();

        assertThat(passing(account)).isEqualTo(LIMIT);

        redis.resume();
        repair = () -> {};
        awaitInRedis(account, LIMIT);
        awaitNothingUntold();
        assertThat(passing(account)).isZero();
        // What it was sent while it was frozen and what the gateway allowed by itself, each at most once.
        assertThat(used(account)).isLessThanOrEqualTo(2 * LIMIT);
    }

    private void awaitNothingUntold() {
        await().atMost(LONG)
                .until(() -> subjectsWithoutRedis.subjectsWithUntold().isEmpty());
    }

    @Test
    void countsByItselfWhileRedisIsFullAndAddsThatLater() {
        var account = account();
        repair = redis::makeRoom;
        redis.fill();

        assertThat(passing(account)).isEqualTo(LIMIT);

        redis.makeRoom();
        repair = () -> {};
        awaitInRedis(account, LIMIT);
        assertThat(passing(account)).isZero();
    }

    @Test
    void allowsItsShareIfSeveralGatewaysAreRunning() {
        try (var _ = Instances.gateway(environment, cache.url())) {
            await().atMost(LONG).until(() -> gateways.number() == 2);
            repair = redis::start;
            redis.stop();

            assertThat(passing(account())).isEqualTo(LIMIT / 2);

            redis.start();
            repair = () -> {};
        }
    }

    @Test
    void obeysWhatAPolicyWantsWithoutRedis() {
        repair = redis::start;
        redis.stop();
        var open = limited(Policy.WithoutRedis.OPEN, Policy.Mode.ENFORCE);
        var closed = limited(Policy.WithoutRedis.CLOSED, Policy.Mode.ENFORCE);
        var local = limited(Policy.WithoutRedis.LOCAL, Policy.Mode.ENFORCE);

        assertThat(takes(open)).isTrue();
        assertThat(takes(open)).isTrue();
        verifyEnded(limiter.take(List.of(open, closed)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE)));
        // What refuses nothing otherwise must not do so either.
        assertThat(takes(limited(Policy.WithoutRedis.CLOSED, Policy.Mode.SHADOW)))
                .isTrue();
        assertThat(takes(open, local)).isTrue();
        assertThat(takes(open, local)).isFalse();
    }

    private static Limited limited(Policy.WithoutRedis withoutRedis, Policy.Mode mode) {
        return new Limited(CountersFixture.someone(), new Policy(0, 0, 1, 0, 0, 1, withoutRedis, mode), 1);
    }

    private boolean takes(Limited... subjects) {
        return requireNonNull(limiter.take(List.of(subjects)).block(LONG)).allowed();
    }

    @Test
    void asksRedisForFewOfTheRequestsThatItRefuses() {
        var account = account();
        assertThat(passing(account)).isEqualTo(LIMIT);
        String token = sessions.open(account);
        long before = scripts();

        for (int i = 0; i < 50; i++) {
            assertThat(status(token)).isEqualTo(429);
        }

        assertThat(scripts() - before).isLessThan(50);
    }

    /** How many scripts Redis has run. */
    private long scripts() {
        var statistics = requireNonNull(
                template.execute(connection -> connection.serverCommands().info("commandstats"))
                        .blockFirst(LONG));
        Matcher calls = Pattern.compile("calls=(\\d+)").matcher(statistics.getProperty("cmdstat_evalsha"));
        assertThat(calls.find()).isTrue();
        return Long.parseLong(calls.group(1));
    }

    /** A failed trial of the circuit breaker is no other outage. */
    private void awaitFailedTrial(Caller.Account account) {
        String token = sessions.open(account);
        var failed = new AtomicBoolean();
        breakers.named("limits")
                .getEventPublisher()
                .onStateTransition(event -> failed.compareAndSet(
                        false, event.getStateTransition() == CircuitBreaker.StateTransition.HALF_OPEN_TO_OPEN));
        await().atMost(LONG).until(() -> status(token) == 429 && failed.get());
    }

    private Caller.Account account() {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of());
    }

    private int passing(Caller.Account account) {
        String token = sessions.open(account);
        int passed = 0;
        for (int i = 0; i < 3 * LIMIT; i++) {
            passed += status(token) == 200 ? 1 : 0;
        }
        return passed;
    }

    private int status(String token) {
        var status = new AtomicInteger();
        client().get()
                .uri("/api/v1/cache/names/a")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .value(status::set);
        return status.get();
    }

    /** A frozen Redis may also count requests that it was sent before. */
    private void awaitInRedis(Caller.Account account, long atLeast) {
        awaitCounting();
        await().atMost(LONG).ignoreExceptions().until(() -> used(account) >= atLeast);
    }

    private void awaitCounting() {
        await().atMost(LONG).ignoreExceptions().until(() -> used(account()) == 0);
    }

    private long used(Caller.Account account) {
        var limited = new Limited(Subject.account(ACME, account.accountId()), CountersFixture.windows(0, LIMIT, 0), 0);
        Decision decision = requireNonNull(limiter.peek(List.of(limited)).block(LONG));
        return requireNonNull(decision.standings().getFirst().usage(Bound.HOUR)).used();
    }

    private double transitions(String to) {
        return meters.get("frontdesk.gateway.limits.transitions")
                .tag("to", to)
                .counter()
                .count();
    }
}
