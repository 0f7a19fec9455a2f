package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.EntryScripts.text;
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
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the entries in Redis. Each call completes when Redis has responded, or fails within the command timeout: a change that
 * completes is stored, one that fails may or may not be stored.
 */
@Component
public class EntryChanges {

    static final String MAY_CHANGE = "entries/may_change";
    static final String FUNCTIONS = "entries/entry_functions";
    private static final LuaScript PUT = new LuaScript("entries/put_entry", MAY_CHANGE, FUNCTIONS);
    private static final LuaScript PUT_ALL = new LuaScript("entries/put_entries", FUNCTIONS);
    private static final LuaScript INCREMENT = new LuaScript("entries/increment_entry", FUNCTIONS);
    private static final LuaScript EXPIRE = LuaScript.alsoWhenFull("entries/expire_entry", FUNCTIONS);
    private static final LuaScript DELETE = LuaScript.alsoWhenFull("entries/delete_entry", MAY_CHANGE, FUNCTIONS);
    private static final LuaScript DELETE_ALL = LuaScript.alsoWhenFull("entries/delete_entries", FUNCTIONS);
    private static final LuaScript INVALIDATE = LuaScript.alsoWhenFull("entries/invalidate_entries", FUNCTIONS);

    /** As large as an entry with a number may be. */
    private static final Entry NUMBER = new Entry("application/json", "", new byte[20]);

    /** How many partitions are changed at once. */
    private static final int AT_ONCE = 16;

    private final EntryScripts scripts;
    private final EntryQuotas quotas;
    private final EntryCounts counts;
    private final EntryListener listener;

    EntryChanges(EntryScripts scripts, EntryQuotas quotas, EntryCounts counts, EntryListener listener) {
        this.scripts = scripts;
        this.quotas = quotas;
        this.counts = counts;
        this.listener = listener;
    }

    /** The result of a write. */
    public enum Written {
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
    public enum Deleted {
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
    public Mono<Written> put(
            Owner owner,
            EntryName name,
            Entry entry,
            Retention retention,
            Set<String> tags,
            Preconditions preconditions) {
        return quotas.allow(owner.tenant(), EntryScripts.bytesOf(name, entry) + EntryScripts.bytesOf(tags), 1)
                .flatMap(allowed -> scripts.run(
                        PUT,
                        owner,
                        name,
                        EntryScripts.room(allowed, retention.evicts()),
                        seconds(retention.ttl()),
                        entry.contentType(),
                        entry.tag(),
                        entry.body(),
                        preconditions.matchText(),
                        preconditions.noneMatchText(),
                        scripts.expiresAt(retention.ttl()),
                        CacheKeys.indexed(name),
                        String.join(" ", tags)))
                .map(reply -> counted(owner, name.namespace(), Written.read(reply.getFirst())))
                .flatMap(written -> told(owner, name, written));
    }

    /**
     * Stores those of one partition all or none.
     *
     * @return of each entry, in the order of the parameter
     */
    Mono<List<Written>> put(Owner owner, Map<EntryName, Entry> entries, Retention retention) {
        var byPartition = new LinkedHashMap<Partition, List<EntryName>>();
        entries.keySet()
                .forEach(name -> byPartition
                        .computeIfAbsent(CacheKeys.partition(owner, name), _ -> new ArrayList<>())
                        .add(name));
        return Flux.fromIterable(byPartition.entrySet())
                .flatMap(group -> putGroup(owner, group.getKey(), group.getValue(), entries, retention), AT_ONCE)
                .reduce(new LinkedHashMap<EntryName, Written>(), (all, some) -> {
                    all.putAll(some);
                    return all;
                })
                .map(all -> entries.keySet().stream()
                        .map(name -> requireNonNull(all.get(name)))
                        .toList());
    }

    private Mono<Map<EntryName, Written>> putGroup(
            Owner owner,
            Partition partition,
            List<EntryName> names,
            Map<EntryName, Entry> entries,
            Retention retention) {
        String namespace = names.getFirst().namespace();
        long bytes = names.stream()
                .mapToLong(name -> EntryScripts.bytesOf(name, requireNonNull(entries.get(name))))
                .sum();
        return quotas.allow(owner.tenant(), bytes, names.size())
                .flatMap(allowed -> scripts.run(
                        PUT_ALL,
                        owner,
                        namespace,
                        partition,
                        names,
                        putArguments(EntryScripts.room(allowed, retention.evicts()), retention, names, entries)))
                .<Map<EntryName, Written>>map(reply -> {
                    var written = new LinkedHashMap<EntryName, Written>();
                    for (int i = 0; i < names.size(); i++) {
                        written.put(names.get(i), counted(owner, namespace, Written.read(reply.get(i))));
                    }
                    return written;
                })
                .flatMap(written -> listener.changed(owner, namespace, names).thenReturn(written));
    }

    private Object[] putArguments(
            String room, Retention retention, List<EntryName> names, Map<EntryName, Entry> entries) {
        var args =
                new ArrayList<Object>(List.of(room, seconds(retention.ttl()), scripts.expiresAt(retention.ttl())));
        for (EntryName name : names) {
            Entry entry = requireNonNull(entries.get(name));
            args.addAll(List.of(CacheKeys.indexed(name), entry.contentType(), entry.tag(), entry.body()));
        }
        return args.toArray();
    }

    public Mono<Deleted> delete(Owner owner, EntryName name, Preconditions preconditions) {
        return scripts.run(
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
                })
                .flatMap(deleted -> deleted == Deleted.REFUSED ? Mono.just(deleted) : told(owner, name, deleted));
    }

    /**
     * Deletes several entries of one namespace and one partition together.
     *
     * @return how many there were
     */
    Mono<Long> delete(Owner owner, Partition partition, List<EntryName> names) {
        String namespace = names.getFirst().namespace();
        Object[] indexed = names.stream().map(CacheKeys::indexed).toArray();
        return scripts.run(DELETE_ALL, owner, namespace, partition, names, indexed)
                .map(reply -> Long.parseLong(text(reply.getFirst())))
                .flatMap(deleted -> listener.changed(owner, namespace, names).thenReturn(deleted));
    }

    /**
     * Adds to a whole number.
     *
     * @param retention of an entry that does not exist yet
     */
    Mono<Incremented> increment(Owner owner, EntryName name, long by, Retention retention) {
        return quotas.allow(owner.tenant(), EntryScripts.bytesOf(name, NUMBER), 1)
                .flatMap(allowed -> scripts.run(
                        INCREMENT,
                        owner,
                        name,
                        EntryScripts.room(allowed, retention.evicts()),
                        seconds(retention.ttl()),
                        scripts.expiresAt(retention.ttl()),
                        CacheKeys.indexed(name),
                        Long.toString(by)))
                .<Incremented>map(reply -> switch (text(reply.getFirst())) {
                    case "done" ->
                        new Incremented.Done(
                                Long.parseLong(text(reply.get(1))),
                                text(reply.get(2)),
                                text(reply.get(3)).equals("created"));
                    case "overflow" -> new Incremented.Overflow();
                    case "full" -> new Incremented.Full();
                    default -> new Incremented.NotANumber();
                })
                .doOnNext(result -> {
                    if (result instanceof Incremented.Done) {
                        counts.wrote(owner, name.namespace(), 1);
                    }
                })
                .flatMap(result -> result instanceof Incremented.Done ? told(owner, name, result) : Mono.just(result));
    }

    /** @return false if there is no such entry */
    Mono<Boolean> expire(Owner owner, EntryName name, Duration ttl) {
        return scripts.run(EXPIRE, owner, name, seconds(ttl), scripts.expiresAt(ttl), CacheKeys.indexed(name))
                .map(reply -> text(reply.getFirst()).equals("1"))
                .flatMap(expired -> told(owner, name, expired));
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
                        partition ->
                                scripts.run(INVALIDATE, owner, namespace, partition, List.of(), tags.toArray()),
                        AT_ONCE)
                .then(listener.invalidated(owner, namespace));
    }

    private <T> Mono<T> told(Owner owner, EntryName name, T result) {
        return listener.changed(owner, name.namespace(), List.of(name)).thenReturn(result);
    }

    private Written counted(Owner owner, String namespace, Written written) {
        if (written == Written.CREATED || written == Written.REPLACED) {
            counts.wrote(owner, namespace, 1);
        }
        return written;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
