package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.sessions.Visitors;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A million open sessions, each of an account of its own, written into Redis as copies of one that was really opened. */
final class ManySessions {

    static final int COUNT = 1_000_000;

    private static final int BATCH = 10_000;
    private static final Duration BATCH_WITHIN = Duration.ofMinutes(2);
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(5);
    private static final int DIGITS = 7;

    /** The shortest time after which another use of a session is recorded; copies are read within it. */
    private static final Duration RECORDED = Duration.ofHours(1);

    private ManySessions() {}

    /**
     * @param token of an open session
     * @return the token of each copy
     */
    static IntFunction<String> cloned(String redisUrl, String token) {
        IntFunction<String> tokens = tokens(token);
        RedisClient client = RedisClient.create(RedisURI.create(redisUrl));
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            // Enough memory, and no rewritten file beside the measurement.
            redis.sync().configSet("maxmemory", "4gb");
            redis.sync().configSet("auto-aof-rewrite-percentage", "0");
            Map<String, String> session = redis.sync().hgetall(Visitors.keyOf(token));
            if (session.isEmpty()) {
                throw new IllegalStateException("The session to copy is not in Redis");
            }
            redis.setAutoFlushCommands(false);
            fill(redis, session, tokens);
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
        return tokens;
    }

    /** The same partition, and a number instead of the last random characters. */
    static IntFunction<String> tokens(String token) {
        String start = token.substring(0, token.length() - DIGITS);
        return i -> {
            String number = Integer.toString(i);
            return start + "0".repeat(DIGITS - number.length()) + number;
        };
    }

    private static void fill(
            StatefulRedisConnection<String, String> redis, Map<String, String> session, IntFunction<String> tokens) {
        long shown = System.nanoTime();
        for (int from = 0; from < COUNT; from += BATCH) {
            var written = new ArrayList<RedisFuture<?>>();
            for (int i = from; i < from + BATCH; i++) {
                written.addAll(write(redis, session, tokens.apply(i), i));
            }
            redis.flushCommands();
            if (!LettuceFutures.awaitAll(BATCH_WITHIN, written.toArray(new RedisFuture<?>[0]))) {
                throw new IllegalStateException("Redis did not store the sessions in time");
            }
            if (System.nanoTime() - shown > SHOWN_EVERY.toNanos()) {
                shown = System.nanoTime();
                System.out.printf("  %,d of %,d sessions%n", from + BATCH, COUNT);
            }
        }
    }

    private static List<RedisFuture<?>> write(
            StatefulRedisConnection<String, String> redis, Map<String, String> session, String token, int number) {
        String key = Visitors.keyOf(token);
        String account = new UUID(1, number).toString();
        String original = String.valueOf(session.get("account"));
        var copy = new HashMap<>(session);
        copy.put("session_id", new UUID(2, number).toString());
        copy.put("account", account);
        copy.computeIfPresent("index", (_, index) -> index.replace(original, account));
        copy.computeIfPresent("mark", (_, mark) -> mark.replace(original, account));
        copy.put("last_activity_at", Long.toString(System.currentTimeMillis() + RECORDED.toMillis()));
        long expiry = Long.parseLong(String.valueOf(session.get("expires_at")));
        String member = copy.get("session_id") + ":" + key.substring(key.lastIndexOf(':') + 1);
        return List.of(
                redis.async().hset(key, copy),
                redis.async().pexpireat(key, expiry),
                redis.async().zadd(String.valueOf(copy.get("index")), (double) expiry, member));
    }
}
