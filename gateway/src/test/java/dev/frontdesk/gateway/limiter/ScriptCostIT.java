package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;

/**
 * Prints what the script costs Redis beside the one of Spring Cloud Gateway, which has one bucket. There is no bound: other
 * work on the machine would exceed any.
 */
class ScriptCostIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 9;
    private static final int CALLS = 1000;
    private static final int AT_ONCE = 50;
    private static final int SUBJECTS = 100;
    private static final int MANY = 1_000_000;
    private static final Pattern PER_CALL = Pattern.compile("cmdstat_evalsha:.*?usec_per_call=([0-9.]+)");

    private final List<Subject> accounts = IntStream.range(0, SUBJECTS)
            .mapToObj(_ -> CountersFixture.someone())
            .toList();
    private final List<Subject> apiKeys = IntStream.range(0, SUBJECTS)
            .mapToObj(_ -> Subject.apiKey(CountersFixture.ACME, UUID.randomUUID()))
            .toList();

    @Test
    void printsWhatTheScriptCostsBesideStock() throws IOException {
        try (var redis = TestServers.privateRedis();
                var client = RedisClient.create(redis.url());
                var connection = client.connect()) {
            var counters = new RedisCounters(new DirectRedis(() -> connection), new SubjectKeys(new KeySpace("cost")));
            Map<String, IntFunction<? extends Publisher<?>>> scripts = new LinkedHashMap<>();
            scripts.put("stock", stock(connection));
            scripts.put("one subject, one window", i -> counters.take(List.of(of(accounts, i, windows(MANY, 0, 0)))));
            scripts.put("three subjects, bucket and three windows each", i -> counters.take(all(i)));
            var costs = measure(scripts, connection);

            double stock = requireNonNull(costs.get("stock"));
            costs.forEach((name, cost) ->
                    System.out.printf("µs of Redis per call, %s: %.1f (%.2f of stock)%n", name, cost, cost / stock));
            assertThat(costs.values()).allMatch(cost -> cost > 0);
        }
    }

    private static IntFunction<Publisher<?>> stock(StatefulRedisConnection<String, String> connection)
            throws IOException {
        String text = new ClassPathResource("META-INF/scripts/request_rate_limiter.lua")
                .getContentAsString(StandardCharsets.UTF_8);
        String sha1 = connection.sync().scriptLoad(text);
        String many = Integer.toString(MANY);
        return i -> {
            String[] keys = {"{" + i % SUBJECTS + "}.tokens", "{" + i % SUBJECTS + "}.timestamp"};
            return connection.reactive().evalsha(sha1, ScriptOutputType.MULTI, keys, many, many, "", "1");
        };
    }

    private List<Limited> all(int i) {
        var policy = policy(MANY, MANY, Quotas.MOST, Quotas.MOST, Quotas.MOST);
        return List.of(
                of(apiKeys, i, policy),
                of(accounts, i, policy),
                new Limited(Subject.tenant(CountersFixture.ACME), policy, 1));
    }

    private static Limited of(List<Subject> subjects, int i, Policy policy) {
        return new Limited(subjects.get(i % SUBJECTS), policy, 1);
    }

    /** The median of rounds in turn, so that all meet the same conditions. */
    private static Map<String, Double> measure(
            Map<String, IntFunction<? extends Publisher<?>>> scripts,
            StatefulRedisConnection<String, String> connection) {
        Map<String, List<Double>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            scripts.forEach((name, script) ->
                    rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(cost(script, connection)));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        rounds.forEach((name, costs) ->
                medians.put(name, costs.stream().sorted().toList().get(ROUNDS / 2)));
        return medians;
    }

    private static double cost(
            IntFunction<? extends Publisher<?>> script, StatefulRedisConnection<String, String> connection) {
        connection.sync().configResetstat();
        Flux.range(0, CALLS).flatMap(script::apply, AT_ONCE).blockLast(LONG);
        var perCall = PER_CALL.matcher(connection.sync().info("commandstats"));
        assertThat(perCall.find()).isTrue();
        return Double.parseDouble(perCall.group(1));
    }
}
