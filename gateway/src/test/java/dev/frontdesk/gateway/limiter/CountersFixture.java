package dev.frontdesk.gateway.limiter;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Counters on a real Redis Cluster (what works there also works on a single server), in their own key space. */
final class CountersFixture implements AutoCloseable {

    static final TenantId ACME = new TenantId("acme");

    private static final Duration LONG = Duration.ofSeconds(60);

    final SubjectKeys keys;
    final RedisCounters counters;
    final StatefulRedisClusterConnection<String, String> redis;

    private final RedisClusterClient client;

    CountersFixture() {
        this(new SubjectKeys(new KeySpace(UUID.randomUUID().toString())));
    }

    private CountersFixture(SubjectKeys keys) {
        this.keys = keys;
        client = RedisClusterClient.create(
                "redis://" + TestServers.redisCluster().nodes().getFirst());
        redis = client.connect();
        counters = new RedisCounters(new DirectRedis(() -> redis), keys);
    }

    /** Another gateway: the same counters over another connection. */
    CountersFixture other() {
        return new CountersFixture(keys);
    }

    Decision take(long now, Limited... subjects) {
        return call("take", now, subjects);
    }

    Decision peek(long now, Limited... subjects) {
        return call("peek", now, subjects);
    }

    private Decision call(String mode, long now, Limited... subjects) {
        return requireNonNull(
                counters.call(mode, Long.toString(now), List.of(subjects)).block(LONG));
    }

    /** Tells Redis of requests that were counted just now, by this gateway alone. */
    void tell(long now, Limited... subjects) {
        for (Limited limited : subjects) {
            var counts = new Counts();
            counts.add(limited.policy(), limited.cost(), 0);
            tell(now, batch(limited, counts, 0));
        }
    }

    void tell(long now, UntoldBatch batch) {
        counters.tell(Long.toString(now), List.of(batch)).block(LONG);
    }

    /** @param at by the gateway's clock */
    static UntoldBatch batch(Limited limited, Counts counts, long at) {
        return new UntoldBatch(limited.subject(), UUID.randomUUID(), counts.forScript(limited.policy(), at));
    }

    void refund(long now, Limited limited, long requests, UUID id) {
        counters.refund(Long.toString(now), limited.subject(), limited.policy(), requests, id)
                .block(LONG);
    }

    static Subject someone() {
        return Subject.account(ACME, UUID.randomUUID());
    }

    static Policy windows(long perMinute, long perHour, long perDay) {
        return policy(0, 0, perMinute, perHour, perDay);
    }

    static Policy policy(int refill, int capacity, long perMinute, long perHour, long perDay) {
        return new Policy(
                refill, capacity, perMinute, perHour, perDay, 1, Policy.WithoutRedis.LOCAL, Policy.Mode.ENFORCE);
    }

    static Policy shadow(long perMinute) {
        return new Policy(0, 0, perMinute, 0, 0, 1, Policy.WithoutRedis.LOCAL, Policy.Mode.SHADOW);
    }

    @Override
    public void close() {
        redis.close();
        client.shutdown();
    }
}
