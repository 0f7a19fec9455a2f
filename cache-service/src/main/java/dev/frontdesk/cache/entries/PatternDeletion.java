package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.metrics.ThreadMetrics;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.web.ProblemException;
import jakarta.annotation.PreDestroy;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Deletes the entries of a namespace whose keys match a pattern. It reads the namespace's own index in chunks, and never the keys of
 * others. An entry that is stored during the call may or may not be deleted. A call that ends early has deleted some of them, each with
 * all that is counted.
 */
@Repository
public class PatternDeletion {

    private static final LuaScript SCAN = LuaScript.alsoWhenFull("entries/scan_entries", "entries/entry_functions");
    /** The cursor of the first part of a partition, and that after the last one. */
    public static final String BEGIN = "0";


    /** How many partitions are read at once. */
    private static final int AT_ONCE = 8;

    /** About as many keys are read by one script, which keeps all others waiting. */
    private static final String CHUNK = "250";

    private static final int MOST_DELETED_BY_ONE_SCRIPT = 100;

    /** Matching can cost seconds. It keeps no request waiting that does anything else. */
    private static final int THREADS = 2;

    /** Of different owners, at this instance. */
    private static final int MOST_RUNNING = 64;

    /** Deletions that go on in the background, at this instance. */
    private static final int MOST_OPERATIONS = 64;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Scheduler matching =
            Schedulers.newBoundedElastic(THREADS, (MOST_RUNNING + MOST_OPERATIONS) * AT_ONCE, "pattern-matching", 60, true);
    private final Set<Owner> running = ConcurrentHashMap.newKeySet();
    private final EntryScripts scripts;
    private final EntryChanges changes;

    PatternDeletion(EntryScripts scripts, EntryChanges changes) {
        this.scripts = scripts;
        this.changes = changes;
    }

    /** @param cursor of the next chunk; {@link #BEGIN} after the last one */
    private record Chunk(String cursor, List<String> names) {

        private static Chunk of(List<byte @Nullable []> reply) {
            return new Chunk(
                    text(reply.getFirst()),
                    reply.stream().skip(1).map(Chunk::text).toList());
        }

        private static String text(byte @Nullable [] bytes) {
            return new String(requireNonNull(bytes), UTF_8);
        }
    }

    /**
     * What was done in one part.
     *
     * @param cursor of the next part; {@link #BEGIN} after the last one
     * @param seen names, also those that do not match
     */
    public record Part(String cursor, long seen, long deleted) {}

    MeterBinder threadMetrics() {
        return ThreadMetrics.of("pattern-matching", matching);
    }

    @PreDestroy
    void stop() {
        matching.dispose();
    }

    /**
     * One at a time for each owner.
     *
     * @return how many were deleted; 409 while another one of this owner is running here, 503 while too many are
     */
    public Mono<Long> delete(Owner owner, String namespace, GlobPattern pattern) {
        return Mono.defer(() -> {
            if (running.size() >= MOST_RUNNING) {
                throw new ProblemException(
                                ProblemType.OVERLOADED, "Too many deletions by pattern at once. Try again after Retry-After.")
                        .retryAfter(PAUSE);
            }
            if (!running.add(owner)) {
                throw new ProblemException(
                                ProblemType.CONFLICT,
                                "Another deletion by pattern of the same owner is running. Try again when it has ended.")
                        .retryAfter(PAUSE);
            }
            return deleteAll(owner, namespace, pattern).doFinally(_ -> running.remove(owner));
        });
    }

    private Mono<Long> deleteAll(Owner owner, String namespace, GlobPattern pattern) {
        return Flux.fromIterable(CacheKeys.partitions(owner))
                .flatMap(partition -> delete(owner, namespace, pattern, partition), AT_ONCE)
                .reduce(0L, Long::sum);
    }

    /** Deletes in one part of a partition, for a deletion that goes on later. */
    public Mono<Part> deletePart(
            Owner owner, String namespace, GlobPattern pattern, Partition partition, String cursor) {
        return scan(owner, namespace, partition, cursor)
                .flatMap(chunk -> delete(owner, namespace, pattern, partition, Flux.just(chunk))
                        .map(deleted -> new Part(chunk.cursor(), chunk.names().size(), deleted)));
    }

    private Mono<Long> delete(Owner owner, String namespace, GlobPattern pattern, Partition partition) {
        Flux<Chunk> chunks = scan(owner, namespace, partition, BEGIN)
                .expand(chunk -> chunk.cursor().equals(BEGIN)
                        ? Mono.empty()
                        : scan(owner, namespace, partition, chunk.cursor()));
        return delete(owner, namespace, pattern, partition, chunks);
    }

    private Mono<Long> delete(
            Owner owner, String namespace, GlobPattern pattern, Partition partition, Flux<Chunk> chunks) {
        return chunks
                .publishOn(matching, 1)
                .concatMapIterable(chunk -> chunk.names().stream()
                        .map(name -> new EntryName(namespace, CacheKeys.keyOf(name)))
                        .filter(name -> pattern.matches(name.key()))
                        .toList())
                .buffer(MOST_DELETED_BY_ONE_SCRIPT)
                .concatMap(some -> changes.delete(owner, partition, some), 1)
                .reduce(0L, Long::sum);
    }

    private Mono<Chunk> scan(Owner owner, String namespace, Partition partition, String cursor) {
        return scripts.run(SCAN, owner, namespace, partition, List.of(), cursor, CHUNK)
                .map(Chunk::of);
    }
}
