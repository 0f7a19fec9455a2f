package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import dev.frontdesk.cache.namespaces.EntriesProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Runs scripts with the keys and arguments that entry_functions.lua describes. */
@Component
class EntryScripts {

    /** Of an entry, see entry_functions.lua. */
    private static final int OVERHEAD_BYTES = 208;

    /** Of a tag with its epoch and the separators. */
    private static final int TAG_BYTES = 19;

    private final DirectRedis redis;
    private final CacheKeys keys;
    private final Clock clock;

    /** Whole seconds. Longer than any entry lasts, see entry_functions.lua. */
    private final String kept;

    EntryScripts(DirectRedis redis, KeySpace keySpace, Clock clock, EntriesProperties properties) {
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
        this.clock = clock;
        this.kept = Long.toString(properties.kept().toSeconds());
    }

    /** For one entry. */
    Mono<List<byte @Nullable []>> run(LuaScript script, Owner owner, EntryName name, Object... args) {
        return run(script, owner, name.namespace(), CacheKeys.partition(owner, name), List.of(name), args);
    }

    /** For several entries of one partition. */
    Mono<List<byte @Nullable []>> run(
            LuaScript script,
            Owner owner,
            String namespace,
            Partition partition,
            Collection<EntryName> names,
            Object... args) {
        var scriptKeys = new ArrayList<>(keys.aboutEntries(owner, namespace, partition));
        names.forEach(name -> scriptKeys.add(keys.entry(owner, partition, name)));
        Object[] all = Stream.concat(Stream.of(CacheKeys.sweep(owner, namespace), kept), Stream.of(args))
                .toArray();
        return redis.run(script, scriptKeys, all);
    }

    /** ARGV[3] of scripts that store. */
    static String room(boolean allowed, boolean evicts) {
        return allowed ? "1" : evicts ? "evict" : "0";
    }

    /** By the clocks of our services, in ms since the epoch. */
    String expiresAt(Duration ttl) {
        return Long.toString(clock.millis() + ttl.toMillis());
    }

    String now() {
        return Long.toString(clock.millis());
    }

    /** As the scripts count it, before it is rounded. */
    static long bytesOf(EntryName name, Entry entry) {
        return bytesOf(name, entry.contentType().length() + entry.body().length);
    }

    /** @param bytes of the type and the body */
    static long bytesOf(EntryName name, int bytes) {
        return (long) CacheKeys.indexed(name).length() + bytes + OVERHEAD_BYTES;
    }

    static long bytesOf(Collection<String> tags) {
        return tags.stream().mapToLong(tag -> tag.length() + TAG_BYTES).sum();
    }

    static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
