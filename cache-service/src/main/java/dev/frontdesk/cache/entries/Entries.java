package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

    private final DirectRedis redis;
    private final CacheKeys keys;
    private final Clock clock;

    Entries(DirectRedis redis, KeySpace keySpace, Clock clock) {
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
        this.clock = clock;
    }

    /** An entry and the time until it expires, by the clocks of our services. */
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
        return redis.run(
                        PUT,
                        keys.entry(owner, name),
                        Long.toString(ttl.toSeconds()),
                        entry.contentType(),
                        entry.tag(),
                        entry.body(),
                        preconditions.matchText(),
                        preconditions.noneMatchText(),
                        Long.toString(clock.millis() + ttl.toMillis()))
                .map(reply -> Written.read(text(reply.getFirst())));
    }

    /** One plain command: the time to live is in the entry, so it needs no second one. */
    Mono<Held> find(Owner owner, EntryName name) {
        return redis.read(keys.entry(owner, name), "type", "tag", "body", "expires_at")
                .filter(fields -> fields.getFirst() != null)
                .map(this::held);
    }

    /** @return false when a precondition does not hold, and nothing is deleted */
    Mono<Boolean> delete(Owner owner, EntryName name, Preconditions preconditions) {
        return redis.run(DELETE, keys.entry(owner, name), preconditions.matchText(), preconditions.noneMatchText())
                .map(Entries::isDone);
    }

    private static boolean isDone(List<byte @Nullable []> reply) {
        return text(reply.getFirst()).equals("1");
    }

    private Held held(List<byte @Nullable []> fields) {
        var entry = new Entry(text(fields.get(0)), text(fields.get(1)), requireNonNull(fields.get(2)));
        return new Held(entry, remaining(fields.get(3)));
    }

    /** By this clock; an entry of the previous version has no such field. */
    private Duration remaining(byte @Nullable [] expiresAt) {
        return expiresAt == null
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, Long.parseLong(text(expiresAt)) - clock.millis()));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
