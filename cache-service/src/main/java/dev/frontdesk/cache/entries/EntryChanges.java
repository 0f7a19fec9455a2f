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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the entries in Redis. Each call completes when Redis has responded, or fails within the command timeout: a change that
 * completes is stored, one that fails may or may not be stored.
 */
@Repository
class EntryChanges {

    private static final String MAY_CHANGE = "entries/may_change";
    private static final String FUNCTIONS = "entries/entry_functions";
    private static final LuaScript PUT = new LuaScript("entries/put_entry", MAY_CHANGE, FUNCTIONS);
    private static final LuaScript PUT_ALL = new LuaScript("entries/put_entries", FUNCTIONS);
    private static final LuaScript INCREMENT = new LuaScript("entries/increment_entry", FUNCTIONS);
    private static final LuaScript EXPIRE = LuaScript.alsoWhenFull("entries/expire_entry", FUNCTIONS);
    private static final LuaScript DELETE = LuaScript.alsoWhenFull("entries/delete_entry", MAY_CHANGE, FUNCTIONS);
    private static final LuaScript DELETE_ALL = LuaScript.alsoWhenFull("entries/delete_entries", FUNCTIONS);
    private static final LuaScript INVALIDATE = LuaScript.alsoWhenFull("entries/invalidate_entries", FUNCTIONS);

    /** Of an entry, see entry_functions.lua. */
    private static final int OVERHEAD_BYTES = 208;

    /** Of a tag with its epoch and the separators. */
    private static final int TAG_BYTES = 19;

    /** As large as an entry with a number may be. */
    private static final Entry NUMBER = new Entry("application/json", "", new byte[20]);

    /** How many partitions are changed at once. */
    private static final int AT_ONCE = 16;

    private final DirectRedis redis;
    private final CacheKeys keys;
    private final Clock clock;
    private final EntryQuotas quotas;
    private final EntryCounts counts;

    /** Whole seconds. Longer than any entry lasts, see entry_functions.lua. */
    private final String kept;

    EntryChanges(
            DirectRedis redis,
            KeySpace keySpace,
            Clock clock,
            EntryQuotas quotas,
            EntryCounts counts,
            EntriesProperties properties) {
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
        this.clock = clock;
        this.quotas = quotas;
        this.counts = counts;
        this.kept = Long.toString(properties.maxTtl().plusDays(1).toSeconds());
    }

    /** The result of a write. */
    enum Written {
        CREATED,
        REPLACED,

        /** A precondition does not hold, and nothing is stored. */
        REFUSED,

        /** The tenant's quota is used up, and nothing is stored. */
        FULL;

        private static Written read(byte @Nullable [] word) {
            return valueOf(text(word).toUpperCase(Locale.ROOT));
        }
    }

    /** The result of a deletion. */
    enum Deleted {
        DELETED,
        MISSING,

        /** A precondition does not hold, and nothing is deleted. */
        REFUSED
    }

    /** The result of an increment. */
    sealed interface Incremented {

        /** @param tag of the changed entry */
        record Done(long number, String tag, boolean created) implements Incremented {}

        /** Nothing is changed. */
        record NotANumber() implements Incremented {}

        /** The sum has more than 64 bits. Nothing is changed. */
        record Overflow() implements Incremented {}

        /** The tenant's quota is used up. Nothing is changed. */
        record Full() implements Incremented {}
    }

    /** @param tags by which the entry can be invalidated */
    Mono<Written> put(
            Owner owner, EntryName name, Entry entry, Duration ttl, Set<String> tags, Preconditions preconditions) {
        return quotas.allow(owner.tenant(), bytesOf(name, entry) + bytesOf(tags), 1)
                .flatMap(allowed -> change(
                        PUT,
                        owner,
                        name,
                        flag(allowed),
                        Long.toString(ttl.toSeconds()),
                        entry.contentType(),
                        entry.tag(),
                        entry.body(),
                        preconditions.matchText(),
                        preconditions.noneMatchText(),
                        expiresAt(ttl),
                        CacheKeys.indexed(name),
                        String.join(" ", tags)))
                .map(reply -> counted(owner, name.namespace(), Written.read(reply.getFirst())));
    }

    /**
     * Stores those of one partition all or none.
     *
     * @return of each entry, in the order of the parameter
     */
    Mono<List<Written>> put(Owner owner, Map<EntryName, Entry> entries, Duration ttl) {
        var byPartition = new LinkedHashMap<Partition, List<EntryName>>();
        entries.keySet()
                .forEach(name -> byPartition
                        .computeIfAbsent(CacheKeys.partition(owner, name), _ -> new ArrayList<>())
                        .add(name));
        return Flux.fromIterable(byPartition.entrySet())
                .flatMap(group -> putGroup(owner, group.getKey(), group.getValue(), entries, ttl), AT_ONCE)
                .reduce(new LinkedHashMap<EntryName, Written>(), (all, some) -> {
                    all.putAll(some);
                    return all;
                })
                .map(all -> entries.keySet().stream()
                        .map(name -> requireNonNull(all.get(name)))
                        .toList());
    }

    private Mono<Map<EntryName, Written>> putGroup(
            Owner owner, Partition partition, List<EntryName> names, Map<EntryName, Entry> entries, Duration ttl) {
        String namespace = names.getFirst().namespace();
        var scriptKeys = new ArrayList<>(keys.aboutEntries(owner, namespace, partition));
        var args = new ArrayList<Object>();
        long bytes = 0;
        for (EntryName name : names) {
            Entry entry = requireNonNull(entries.get(name));
            bytes += bytesOf(name, entry);
            scriptKeys.add(keys.entry(owner, partition, name));
            args.addAll(List.of(CacheKeys.indexed(name), entry.contentType(), entry.tag(), entry.body()));
        }
        return quotas.allow(owner.tenant(), bytes, names.size())
                .flatMap(allowed -> {
                    args.addAll(
                            0,
                            List.of(
                                    CacheKeys.sweep(owner, namespace),
                                    kept,
                                    flag(allowed),
                                    Long.toString(ttl.toSeconds()),
                                    expiresAt(ttl)));
                    return redis.run(PUT_ALL, scriptKeys, args.toArray());
                })
                .map(reply -> {
                    var written = new LinkedHashMap<EntryName, Written>();
                    for (int i = 0; i < names.size(); i++) {
                        written.put(names.get(i), counted(owner, namespace, Written.read(reply.get(i))));
                    }
                    return written;
                });
    }

    Mono<Deleted> delete(Owner owner, EntryName name, Preconditions preconditions) {
        return change(
                        DELETE,
                        owner,
                        name,
                        preconditions.matchText(),
                        preconditions.noneMatchText(),
                        CacheKeys.indexed(name))
                .map(reply -> switch (text(reply.getFirst())) {
                    case "1" -> Deleted.DELETED;
                    case "0" -> Deleted.MISSING;
                    default -> Deleted.REFUSED;
                });
    }

    /**
     * Deletes several entries of one namespace and one partition together.
     *
     * @return how many there were
     */
    Mono<Long> delete(Owner owner, Partition partition, List<EntryName> names) {
        String namespace = names.getFirst().namespace();
        var scriptKeys = new ArrayList<>(keys.aboutEntries(owner, namespace, partition));
        names.forEach(name -> scriptKeys.add(keys.entry(owner, partition, name)));
        Object[] args = Stream.concat(
                        Stream.of(CacheKeys.sweep(owner, namespace), kept),
                        names.stream().map(CacheKeys::indexed))
                .toArray();
        return redis.run(DELETE_ALL, scriptKeys, args).map(reply -> Long.parseLong(text(reply.getFirst())));
    }

    /**
     * Adds to a whole number.
     *
     * @param ttl of an entry that does not exist yet
     */
    Mono<Incremented> increment(Owner owner, EntryName name, long by, Duration ttl) {
        return quotas.allow(owner.tenant(), bytesOf(name, NUMBER), 1)
                .flatMap(allowed -> change(
                        INCREMENT,
                        owner,
                        name,
                        flag(allowed),
                        Long.toString(ttl.toSeconds()),
                        expiresAt(ttl),
                        CacheKeys.indexed(name),
                        Long.toString(by)))
                .map(reply -> switch (text(reply.getFirst())) {
                    case "done" ->
                        new Incremented.Done(
                                Long.parseLong(text(reply.get(1))),
                                text(reply.get(2)),
                                text(reply.get(3)).equals("created"));
                    case "overflow" -> new Incremented.Overflow();
                    case "full" -> new Incremented.Full();
                    default -> new Incremented.NotANumber();
                });
    }

    /** @return false if there is no such entry */
    Mono<Boolean> expire(Owner owner, EntryName name, Duration ttl) {
        return change(EXPIRE, owner, name, Long.toString(ttl.toSeconds()), expiresAt(ttl), CacheKeys.indexed(name))
                .map(reply -> text(reply.getFirst()).equals("1"));
    }

    /**
     * Invalidates a namespace in a number of steps that does not depend on its entries. In one partition all of them become invalid
     * at once, in others a little later.
     *
     * @param tags only entries with one of these; all if there are none
     */
    Mono<Void> invalidate(Owner owner, String namespace, Set<String> tags) {
        return Flux.fromIterable(CacheKeys.partitions(owner))
                .flatMap(
                        partition -> {
                            var args = new ArrayList<Object>(List.of(CacheKeys.sweep(owner, namespace), kept));
                            args.addAll(tags);
                            return redis.run(
                                    INVALIDATE, keys.aboutEntries(owner, namespace, partition), args.toArray());
                        },
                        AT_ONCE)
                .then();
    }

    private Mono<List<byte @Nullable []>> change(LuaScript script, Owner owner, EntryName name, Object... args) {
        Partition partition = CacheKeys.partition(owner, name);
        var scriptKeys = new ArrayList<>(keys.aboutEntries(owner, name.namespace(), partition));
        scriptKeys.add(keys.entry(owner, partition, name));
        Object[] all = Stream.concat(Stream.of(CacheKeys.sweep(owner, name.namespace()), kept), Stream.of(args))
                .toArray();
        return redis.run(script, scriptKeys, all);
    }

    private Written counted(Owner owner, String namespace, Written written) {
        if (written == Written.CREATED || written == Written.REPLACED) {
            counts.wrote(owner, namespace, 1);
        }
        return written;
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    /** As the scripts count it, before it is rounded. */
    private static long bytesOf(EntryName name, Entry entry) {
        return (long) CacheKeys.indexed(name).length()
                + entry.contentType().length()
                + entry.body().length
                + OVERHEAD_BYTES;
    }

    private static long bytesOf(Set<String> tags) {
        return tags.stream().mapToLong(tag -> tag.length() + TAG_BYTES).sum();
    }

    private String expiresAt(Duration ttl) {
        return Long.toString(clock.millis() + ttl.toMillis());
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
