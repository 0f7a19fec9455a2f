package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.DirectRedis.Fields;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the entries in Redis. An entry is valid as long as its namespace and its tags have the epochs that it was stored with.
 *
 * <p>Not a {@code @Repository}: its proxy would cost each read, and translates no error that comes later.
 */
@Component
public class Entries {

    private static final String[] FIELDS = {"expires_at", "epoch", "tags", "loaded", "tag", "type", "body"};
    private static final String[] WITHOUT_BODY = {"expires_at", "epoch", "tags", "loaded", "tag"};
    private static final byte[] NO_BODY = {};
    private static final String EPOCH = "epoch";
    private static final String TAG = "tag:";
    private static final Pattern BLANK = Pattern.compile(" ");

    /** How many entries with tags are checked at once. */
    private static final int AT_ONCE = 16;

    private final DirectRedis redis;
    private final CacheKeys keys;
    private final Clock clock;
    private final EntryCounts counts;

    Entries(DirectRedis redis, KeySpace keySpace, Clock clock, EntryCounts counts) {
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
        this.clock = clock;
        this.counts = counts;
    }

    /** A part of a second counts as one: an entry that exists has some time left. */
    static long secondsOf(Duration remaining) {
        return remaining.plusMillis(999).toSeconds();
    }

    /** Two plain commands that are sent together: the entry, and the epoch of its namespace. */
    public Mono<Held> find(Owner owner, EntryName name) {
        return findLoaded(owner, name)
                .filter(Held::isCurrent)
                .doOnSuccess(held -> counts.read(owner, name, held != null));
    }

    /** The same without counting it, also one that was loaded and has expired, or that the origin does not have. */
    public Mono<Held> findLoaded(Owner owner, EntryName name) {
        return read(owner, name, FIELDS).map(this::held);
    }

    /** The time until an entry expires, without its body; empty if there is none. It does not count as a read. */
    Mono<Duration> remaining(Owner owner, EntryName name) {
        return read(owner, name, WITHOUT_BODY)
                .map(fields -> new Held(new Entry("", text(fields.get(4)), NO_BODY), left(fields), loaded(fields)))
                .filter(Held::isCurrent)
                .map(Held::remaining);
    }

    private Mono<List<byte @Nullable []>> read(Owner owner, EntryName name, String[] fields) {
        Partition partition = CacheKeys.partition(owner, name);
        String namespace = keys.namespace(owner, name.namespace(), partition);
        return redis.read(List.of(new Fields(keys.entry(owner, partition, name), fields), new Fields(namespace, EPOCH)))
                .flatMap(replies ->
                        valid(namespace, replies.getFirst(), replies.getLast().getFirst()));
    }

    /** @return those that there are */
    Mono<Map<EntryName, Held>> find(Owner owner, Collection<EntryName> names) {
        var distinct = new LinkedHashSet<>(names);
        var namespaces = new LinkedHashMap<String, Integer>();
        var wanted = new ArrayList<Fields>();
        for (EntryName name : distinct) {
            Partition partition = CacheKeys.partition(owner, name);
            wanted.add(new Fields(keys.entry(owner, partition, name), FIELDS));
            namespaces.putIfAbsent(keys.namespace(owner, name.namespace(), partition), namespaces.size());
        }
        // After the entries: an epoch that was read before could be older than the invalidation of an entry.
        namespaces.keySet().forEach(namespace -> wanted.add(new Fields(namespace, EPOCH)));
        return redis.read(wanted).flatMap(replies -> {
            int entries = distinct.size();
            return Flux.fromIterable(distinct)
                    .zipWithIterable(replies.subList(0, entries))
                    .flatMap(
                            found -> {
                                EntryName name = found.getT1();
                                String namespace =
                                        keys.namespace(owner, name.namespace(), CacheKeys.partition(owner, name));
                                var epoch = replies.get(entries + requireNonNull(namespaces.get(namespace)));
                                return valid(namespace, found.getT2(), epoch.getFirst())
                                        .map(this::held)
                                        .filter(Held::isCurrent)
                                        .map(held -> Map.entry(name, held));
                            },
                            AT_ONCE)
                    .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                    .doOnNext(found ->
                            distinct.forEach(name -> counts.read(owner, name, found.containsKey(name))));
        });
    }

    /** The same fields; empty for an entry that does not exist or was invalidated. */
    private Mono<List<byte @Nullable []>> valid(
            String namespace, List<byte @Nullable []> fields, byte @Nullable [] epoch) {
        if (fields.getFirst() == null || !orEmpty(fields.get(1)).equals(orEmpty(epoch))) {
            return Mono.empty();
        }
        String tags = orEmpty(fields.get(2));
        if (tags.isEmpty()) {
            return Mono.just(fields);
        }
        List<String[]> epochs =
                BLANK.splitAsStream(tags).map(tag -> tag.split("=", 2)).toList();
        return redis.read(namespace, epochs.stream().map(tag -> TAG + tag[0]).toArray(String[]::new))
                .filter(current -> IntStream.range(0, epochs.size())
                        .allMatch(i -> epochs.get(i)[1].equals(orEmpty(current.get(i)))))
                .map(_ -> fields);
    }

    private Held held(List<byte @Nullable []> fields) {
        var entry = new Entry(text(fields.get(5)), text(fields.get(4)), requireNonNull(fields.get(6)));
        return new Held(entry, left(fields), loaded(fields));
    }

    private Duration left(List<byte @Nullable []> fields) {
        return Duration.ofMillis(Long.parseLong(text(fields.getFirst())) - clock.millis());
    }

    private static @Nullable Loaded loaded(List<byte @Nullable []> fields) {
        return fields.get(3) == null ? null : Loaded.parse(text(fields.get(3)));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }

    private static String orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
