package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * The entries in Redis. Each call completes when Redis has responded, or fails within the command timeout: a write that
 * completes is stored, one that fails may or may not be stored.
 */
@Repository
class Entries {

    private static final String MAY_CHANGE = "entries/may_change";
    private static final LuaScript PUT = new LuaScript("entries/put_entry", MAY_CHANGE);
    private static final LuaScript DELETE = LuaScript.alsoWhenFull("entries/delete_entry", MAY_CHANGE);
    private static final LuaScript GET = LuaScript.alsoWhenFull("entries/get_entry");

    private final ReactiveRedisTemplate<String, byte[]> redis;
    private final CacheKeys keys;

    Entries(ReactiveRedisConnectionFactory connections, KeySpace keySpace) {
        var bytes = RedisSerializationContext.<String, byte[]>newSerializationContext(RedisSerializer.string())
                .value(RedisSerializer.byteArray())
                .build();
        this.redis = new ReactiveRedisTemplate<>(connections, bytes);
        this.keys = new CacheKeys(keySpace);
    }

    /** An entry and the time until it expires. */
    record Held(Entry entry, Duration remaining) {}

    /** The result of a write. */
    enum Written {
        CREATED,
        REPLACED,

        /** A precondition does not hold, and nothing is stored. */
        REFUSED;

        private static Written read(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    Mono<Written> put(Owner owner, EntryName name, Entry entry, Duration ttl, Preconditions preconditions) {
        var args = List.of(
                bytes(Long.toString(ttl.toSeconds())),
                bytes(entry.contentType()),
                bytes(entry.tag()),
                entry.body(),
                bytes(preconditions.matchText()),
                bytes(preconditions.noneMatchText()));
        return PUT.run(redis, List.of(keys.entry(owner, name)), args)
                .map(reply -> Written.read(text(reply.getFirst())));
    }

    Mono<Held> find(Owner owner, EntryName name) {
        return GET.run(redis, List.of(keys.entry(owner, name)), List.of())
                .filter(reply -> !reply.isEmpty())
                .map(Entries::held);
    }

    /** @return false when a precondition does not hold, and nothing is deleted */
    Mono<Boolean> delete(Owner owner, EntryName name, Preconditions preconditions) {
        var args = List.of(bytes(preconditions.matchText()), bytes(preconditions.noneMatchText()));
        return DELETE.run(redis, List.of(keys.entry(owner, name)), args).map(Entries::isDone);
    }

    private static boolean isDone(List<byte[]> reply) {
        return text(reply.getFirst()).equals("1");
    }

    private static Held held(List<byte[]> reply) {
        var entry = new Entry(text(reply.get(1)), text(reply.get(2)), reply.get(3));
        return new Held(entry, Duration.ofMillis(Long.parseLong(text(reply.get(0)))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
