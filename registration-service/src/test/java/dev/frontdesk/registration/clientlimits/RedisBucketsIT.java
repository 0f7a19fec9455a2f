package dev.frontdesk.registration.clientlimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;

/** The script, on a real Redis. */
class RedisBucketsIT {

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private static LettuceConnectionFactory connections;
    private static ReactiveStringRedisTemplate redis;
    private static RedisBuckets buckets;

    private final TokenBucket size = new TokenBucket(30, 10);
    private final ClientRange client = ClientRange.of("198.51.100." + CLIENTS.incrementAndGet());
    private final String key = new ClientLimitKeys(new KeySpace("client-limits")).bucket("client-limit", client);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @BeforeAll
    static void connect() {
        var server = TestServers.redis();
        connections = new LettuceConnectionFactory(server.host(), server.port());
        connections.start();
        redis = new ReactiveStringRedisTemplate(connections);
        buckets = new RedisBuckets(redis, new KeySpace("client-limits"), Duration.ofSeconds(5));
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @Test
    void giveEachTokenOnceHoweverManyComeAtOnce() {
        assertThat(taken(400)).isEqualTo(10);
    }

    @Test
    void countAsTheRuleDoes() {
        long fullAt = 0;
        for (int i = 0; i < 60; i++) {
            var expected = size.take(fullAt, now);
            fullAt = expected.fullAt();
            assertThat(take()).as("request %d", i).isEqualTo(expected.nextIn());
            now = now.plusMillis(i * 3_456L);
        }
    }

    @Test
    void sayHowLongToWaitAndMeanIt() {
        taken(10);
        now = now.plusMillis(30_500);
        assertThat(take()).isEqualTo(Duration.ofMillis(89_500));
        now = now.plusMillis(89_499);
        assertThat(take()).isEqualTo(Duration.ofMillis(1));
        now = now.plusMillis(1);
        assertThat(take()).isZero();
    }

    @Test
    void expireWhenTheyAreFull() {
        take();
        assertThat(lasts()).isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2));
        taken(400);
        assertThat(lasts()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }

    @Test
    void haveOneKeyForAllTenantsThatNoAddressCanStepOutOf() {
        var keys = new ClientLimitKeys(new KeySpace("prod"));
        assertThat(keys.bucket("client-limit", ClientRange.of("203.0.113.7")))
                .matches("frontdesk:prod:_:client-limit:\\{p\\d+}:203\\.0\\.113\\.7");
        assertThat(keys.bucket("client-limit", ClientRange.of("2001:db8::1")))
                .matches("frontdesk:prod:_:client-limit:\\{p\\d+}:2001%3adb8%3a0%3a0%3a0%3a0%3a0%3a0%2f64");
    }

    private long taken(int requests) {
        return Objects.requireNonNull(Flux.range(0, requests)
                .flatMap(_ -> buckets.take("client-limit", client, size, now), 64)
                .filter(Duration::isZero)
                .count()
                .block());
    }

    private Duration take() {
        return Objects.requireNonNull(
                buckets.take("client-limit", client, size, now).block());
    }

    private Duration lasts() {
        return Objects.requireNonNull(redis.getExpire(key).block());
    }
}
