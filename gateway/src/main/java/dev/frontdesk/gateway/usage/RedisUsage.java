package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.LuaScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The counts of all gateways, by hour and by day, in Redis. */
final class RedisUsage {

    private static final LuaScript ADD = new LuaScript("usage/add_usage");
    private static final LuaScript READ = LuaScript.alsoWhenFull("usage/read_usage");

    /** From the last write: the {@link UsageRange#MOST days that can be read} and one or two that it is rounded to. */
    private static final Duration HOUR_LASTS = Duration.ofDays(32);

    private static final Duration DAY_LASTS = Duration.ofDays(33);

    /** Much longer than a batch is sent again and again while Redis is up. */
    private static final Duration NUMBER_LASTS = Duration.ofDays(1);

    private static final int MOST_KEYS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final ScanOptions PART =
            ScanOptions.scanOptions().count(1000).build();

    private final DirectRedis redis;
    private final ReactiveStringRedisTemplate template;
    private final UsageKeys keys;
    private final String mostSubjects;
    private final UUID gateway = UUID.randomUUID();

    /** @param mostSubjects that an hour or a day counts one by one */
    RedisUsage(DirectRedis redis, ReactiveStringRedisTemplate template, UsageKeys keys, int mostSubjects) {
        this.redis = redis;
        this.template = template;
        this.keys = keys;
        this.mostSubjects = Integer.toString(mostSubjects);
    }

    /** Has no second effect if the batch was added before. */
    Mono<Void> add(UsageBatch batch) {
        var args = new ArrayList<String>(5 + 3 * batch.counts().size());
        args.add(Long.toString(batch.number()));
        args.add(Long.toString(HOUR_LASTS.toMillis()));
        args.add(Long.toString(DAY_LASTS.toMillis()));
        args.add(Long.toString(NUMBER_LASTS.toMillis()));
        args.add(mostSubjects);
        batch.counts().forEach((subject, count) -> {
            args.add(subject.field());
            args.add(Long.toString(count.requests()));
            args.add(Long.toString(count.refused()));
        });
        var ofTenant = List.of(
                keys.counts(batch.tenant(), batch.hour(), ChronoUnit.HOURS),
                keys.counts(batch.tenant(), batch.hour(), ChronoUnit.DAYS),
                keys.lastBatch(batch.tenant(), gateway));
        return redis.run(ADD, ofTenant, args.toArray()).then();
    }

    /** The requests of a subject in each of these hours or days, in their order. */
    Mono<List<RequestCount>> read(TenantId tenant, UsageSubject subject, List<Instant> periods, ChronoUnit unit) {
        return Flux.fromIterable(periods)
                .map(from -> keys.counts(tenant, from, unit))
                .buffer(MOST_KEYS)
                .concatMap(some -> redis.run(READ, some, subject.field()).timeout(TIMEOUT))
                .concatMapIterable(RedisUsage::countsIn)
                .collectList();
    }

    private static List<RequestCount> countsIn(List<byte @Nullable []> reply) {
        var counts = new ArrayList<RequestCount>(reply.size() / 2);
        for (int i = 0; i < reply.size(); i += 2) {
            counts.add(new RequestCount(numberIn(reply.get(i)), numberIn(reply.get(i + 1))));
        }
        return counts;
    }

    private static long numberIn(byte @Nullable [] text) {
        return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    }

    /** All fields of an hour or a day, read in parts: a large hash would occupy Redis for long. */
    Mono<Map<String, String>> fields(TenantId tenant, Instant from, ChronoUnit unit) {
        return template.<String, String>opsForHash()
                .scan(keys.counts(tenant, from, unit), PART)
                // A field may come twice.
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(TIMEOUT);
    }
}
