package dev.frontdesk.session.throttle;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.devices.DeviceToken;
import dev.frontdesk.session.throttle.ThrottleProperties.Devices;
import dev.frontdesk.session.throttle.ThrottleProperties.Flood;
import dev.frontdesk.session.throttle.ThrottleProperties.Waits;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.servers.TestServers;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The throttle on a real Redis Cluster (what works there also works on a single server) in its own key space, with a
 * movable clock.
 */
final class ThrottleFixture implements AutoCloseable {

    static final TenantId ACME = new TenantId("acme");
    static final LoginName ADA = LoginName.of("ada@example.org");

    static final ThrottleProperties LIMITS = new ThrottleProperties(
            new Waits(5, ofSeconds(1), ofMinutes(15), ofHours(24), ofHours(1)),
            new Waits(20, ofSeconds(1), ofMinutes(15), ofHours(1), null),
            new Waits(10, ofSeconds(1), ofMinutes(15), ofHours(24), null),
            new Flood(100, ofMinutes(1)),
            new Devices(ofDays(180), 3));

    final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");
    final StringRedisTemplate redis;
    final ThrottleKeys keys;
    final LoginThrottle throttle;
    final LoginNameHistory history;

    private final LettuceConnectionFactory connections;
    private int strangers;

    ThrottleFixture() {
        connections = new LettuceConnectionFactory(
                new RedisClusterConfiguration(TestServers.redisCluster().nodes()));
        connections.afterPropertiesSet();
        connections.start();
        redis = new StringRedisTemplate(connections);
        var keySpace = new KeySpace(UUID.randomUUID().toString());
        keys = new ThrottleKeys(keySpace);
        var reactive = new ReactiveStringRedisTemplate(connections);
        throttle = new LoginThrottle(reactive, keySpace, LIMITS, clock, 0);
        history = new LoginNameHistory(reactive, keySpace, LIMITS);
    }

    /** A new client address. */
    ClientRange somewhere() {
        strangers++;
        return ClientRange.of("203.0." + strangers / 250 + "." + strangers % 250);
    }

    AdmittedLogin admit(LoginName name, ClientRange range, @Nullable DeviceToken device) {
        return requireNonNull(throttle.admit(ACME, name, range, device).block());
    }

    /** A wrong guess from a new client address. */
    Optional<ProblemException> fail(LoginName name) {
        return fail(name, somewhere(), null);
    }

    /** Empty if the login was admitted, else the reason of the refusal. */
    Optional<ProblemException> fail(LoginName name, ClientRange range, @Nullable DeviceToken device) {
        try {
            throttle.failed(admit(name, range, device)).block();
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused);
        }
    }

    LoggedInDevice succeed(LoginName name, ClientRange range, @Nullable DeviceToken device) {
        var admitted = admit(name, range, device);
        var known = throttle.deviceOf(admitted);
        throttle.succeeded(admitted, known).block();
        return known;
    }

    static LoginName someone() {
        return LoginName.of(UUID.randomUUID() + "@example.org");
    }

    static long secondsToWait(ProblemException refused) {
        return Long.parseLong(requireNonNull(refused.getHeaders().getFirst("Retry-After")));
    }

    static @Nullable Object reason(ProblemException refused) {
        return requireNonNull(refused.getBody().getProperties()).get("reason");
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
