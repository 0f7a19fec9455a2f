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
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the entries in Redis. An entry is valid as long as its namespace and its tags have the epochs that it was stored with. */
@Repository
class Entries {

    private static final String[] FIELDS = {"type", "tag", "body", "expires_at", "epoch", "tags"};
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

    /** An entry and the time until it expires, by the clocks of our services. */
    record Held(Entry entry, Duration remaining) {}

    /** Two plain commands that are sent together: the entry, and the epoch of its namespace. */
    Mono<Held> find(Owner owner, EntryName name) {
        Partition partition = CacheKeys.partition(owner, name);
        String namespace = keys.namespace(owner, name.namespace(), partition);
        return redis.read(List.of(new Fields(keys.entry(owner, partition, name), FIELDS), new Fields(namespace, EPOCH)))
                .flatMap(replies ->
                        valid(namespace, replies.getFirst(), replies.getLast().getFirst()))
                .doOnSuccess(held -> counts.read(owner, name.namespace(), held != null));
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
                                        .map(held -> Map.entry(name, held));
                            },
                            AT_ONCE)
                    .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                    .doOnNext(found ->
                            distinct.forEach(name -> counts.read(owner, name.namespace(), found.containsKey(name))));
        });
    }

    /** Empty for an entry that was invalidated. */
    private Mono<Held> valid(String namespace, List<byte @Nullable []> fields, byte @Nullable [] epoch) {
        if (fields.getFirst() == null || !orEmpty(fields.get(4)).equals(orEmpty(epoch))) {
            return Mono.empty();
        }
        String tags = orEmpty(fields.get(5));
        if (tags.isEmpty()) {
            return Mono.just(held(fields));
        }
        List<String[]> epochs =
                BLANK.splitAsStream(tags).map(tag -> tag.split("=", 2)).toList();
        return redis.read(namespace, epochs.stream().map(tag -> TAG + tag[0]).toArray(String[]::new))
                .filter(current -> IntStream.range(0, epochs.size())
                        .allMatch(i -> epochs.get(i)[1].equals(orEmpty(current.get(i)))))
                .map(_ -> held(fields));
    }

    private Held held(List<byte @Nullable []> fields) {
        var entry = new Entry(text(fields.get(0)), text(fields.get(1)), requireNonNull(fields.get(2)));
        long remaining = Long.parseLong(text(fields.get(3))) - clock.millis();
        return new Held(entry, Duration.ofMillis(Math.max(0, remaining)));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }

    private static String orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
