package dev.frontdesk.gateway.usage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** The scripts on a real Redis Cluster. */
@TestInstance(Lifecycle.PER_CLASS)
class RedisUsageIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");
    private static final int MOST_SUBJECTS = 3;

    private final UsageKeys keys = new UsageKeys(new KeySpace(UUID.randomUUID().toString()));
    private RedisClusterClient client;
    private StatefulRedisClusterConnection<String, String> connection;
    private LettuceConnectionFactory connections;
    private RedisUsage usage;
    private long number;

    @BeforeAll
    void connect() {
        var nodes = TestServers.redisCluster().nodes();
        client = RedisClusterClient.create("redis://" + nodes.getFirst());
        connection = client.connect();
        connections = new LettuceConnectionFactory(new RedisClusterConfiguration(nodes));
        connections.afterPropertiesSet();
        connections.start();
        usage = gateway();
    }

    @AfterAll
    void close() {
        connections.destroy();
        connection.close();
        client.shutdown();
    }

    @Test
    void addsUpTheBatchesOfAnHourAndADay() {
        var tenant = new TenantId("sums");
        var account = UsageSubject.account(UUID.randomUUID());
        add(usage, tenant, TEN, Map.of(UsageSubject.TENANT, new RequestCount(3, 1), account, new RequestCount(2, 0)));
        add(
                gateway(),
                tenant,
                TEN,
                Map.of(UsageSubject.TENANT, new RequestCount(4, 0), account, new RequestCount(1, 1)));
        add(usage, tenant, TEN.plusSeconds(3600), Map.of(UsageSubject.TENANT, new RequestCount(10, 2)));

        var hours = List.of(TEN.minusSeconds(3600), TEN, TEN.plusSeconds(3600));
        assertThat(read(tenant, UsageSubject.TENANT, hours, ChronoUnit.HOURS))
                .containsExactly(RequestCount.NONE, new RequestCount(7, 1), new RequestCount(10, 2));
        assertThat(read(tenant, account, hours, ChronoUnit.HOURS))
                .containsExactly(RequestCount.NONE, new RequestCount(3, 1), RequestCount.NONE);
        var day = TEN.truncatedTo(ChronoUnit.DAYS);
        assertThat(read(tenant, UsageSubject.TENANT, List.of(day), ChronoUnit.DAYS))
                .containsExactly(new RequestCount(17, 3));
        assertThat(usage.fields(tenant, day, ChronoUnit.DAYS).block(LONG))
                .containsEntry("tenant", "17")
                .containsEntry("tenant:refused", "3")
                .containsEntry(account.field(), "3")
                .containsEntry(account.field() + ":refused", "1");
    }

    @Test
    void addsABatchOnceAlsoIfItComesLate() {
        var tenant = new TenantId("once");
        var first = batch(tenant, TEN, Map.of(UsageSubject.TENANT, new RequestCount(1, 0)));
        var second = batch(tenant, TEN, Map.of(UsageSubject.TENANT, new RequestCount(10, 0)));
        for (var batch : List.of(first, first, second, first, second)) {
            usage.add(batch).block(LONG);
        }

        assertThat(read(tenant, UsageSubject.TENANT, List.of(TEN), ChronoUnit.HOURS))
                .containsExactly(new RequestCount(11, 0));
    }

    @Test
    void countsSubjectsBeyondTheMostTogether() {
        var tenant = new TenantId("many");
        var accounts = Stream.generate(() -> UsageSubject.account(UUID.randomUUID()))
                .limit(MOST_SUBJECTS)
                .toList();
        for (var account : accounts) {
            add(usage, tenant, TEN, Map.of(account, new RequestCount(1, 0)));
        }
        add(usage, tenant, TEN, Map.of(UsageSubject.account(UUID.randomUUID()), new RequestCount(5, 2)));
        add(usage, tenant, TEN, Map.of(UsageSubject.apiKey(UUID.randomUUID()), new RequestCount(7, 0)));
        add(
                usage,
                tenant,
                TEN,
                Map.of(accounts.getFirst(), new RequestCount(1, 1), UsageSubject.TENANT, new RequestCount(9, 0)));

        assertThat(requireNonNull(usage.fields(tenant, TEN, ChronoUnit.HOURS).block(LONG)))
                .containsOnly(
                        Map.entry("subjects", "3"),
                        Map.entry("tenant", "9"),
                        Map.entry(accounts.get(0).field(), "2"),
                        Map.entry(accounts.get(0).field() + ":refused", "1"),
                        Map.entry(accounts.get(1).field(), "1"),
                        Map.entry(accounts.get(2).field(), "1"),
                        Map.entry("account:others", "5"),
                        Map.entry("account:others:refused", "2"),
                        Map.entry("api_key:others", "7"));
    }

    @Test
    void deletesCountsLaterThanTheyCanBeRead() {
        var tenant = new TenantId("ends");
        add(usage, tenant, TEN, Map.of(UsageSubject.TENANT, new RequestCount(1, 0)));

        // A range begins at most 31 days ago, and is rounded to whole hours or days.
        assertThat(ttl(keys.counts(tenant, TEN, ChronoUnit.HOURS)))
                .isGreaterThan(Duration.ofDays(31).plusHours(1))
                .isLessThanOrEqualTo(Duration.ofDays(32));
        assertThat(ttl(keys.counts(tenant, TEN, ChronoUnit.DAYS)))
                .isGreaterThan(Duration.ofDays(32))
                .isLessThanOrEqualTo(Duration.ofDays(33));
    }

    @Test
    void readsAnyNumberOfHours() {
        var hours = Stream.iterate(TEN, it -> it.plusSeconds(3600)).limit(746).toList();
        add(usage, ACME, hours.getLast(), Map.of(UsageSubject.TENANT, new RequestCount(1, 0)));

        assertThat(read(ACME, UsageSubject.TENANT, hours, ChronoUnit.HOURS))
                .hasSize(746)
                .endsWith(new RequestCount(1, 0));
    }

    private RedisUsage gateway() {
        return new RedisUsage(
                new DirectRedis(() -> connection), new ReactiveStringRedisTemplate(connections), keys, MOST_SUBJECTS);
    }

    private Duration ttl(String key) {
        return Duration.ofMillis(connection.sync().pttl(key));
    }

    private UsageBatch batch(TenantId tenant, Instant hour, Map<UsageSubject, RequestCount> counts) {
        return new UsageBatch(tenant, ++number, hour, counts);
    }

    private void add(RedisUsage gateway, TenantId tenant, Instant hour, Map<UsageSubject, RequestCount> counts) {
        gateway.add(batch(tenant, hour, counts)).block(LONG);
    }

    private List<RequestCount> read(TenantId tenant, UsageSubject subject, List<Instant> periods, ChronoUnit unit) {
        return requireNonNull(usage.read(tenant, subject, periods, unit).block(LONG));
    }
}
