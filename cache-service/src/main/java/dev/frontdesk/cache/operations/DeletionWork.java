package dev.frontdesk.cache.operations;

import dev.frontdesk.cache.entries.GlobPattern;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.entries.PatternDeletion;
import dev.frontdesk.cache.operations.Progress.Next;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletions by pattern, one partition after the other. */
@Component
class DeletionWork {

    /** Names that are read for one chunk: then the next tenant has its turn. */
    private static final long ENOUGH = 1_000;

    /** Well before the lease of the worker ends, whatever else is matched at the same time. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final PatternDeletion deletion;

    DeletionWork(PatternDeletion deletion) {
        this.deletion = deletion;
    }

    /**
     * Where a deletion goes on.
     *
     * @param cursor in the partition's index
     */
    private record Position(Partition partition, String cursor) {

        static Position of(String text) {
            if (text.isEmpty()) {
                return new Position(new Partition(0), PatternDeletion.BEGIN);
            }
            int blank = text.indexOf(' ');
            return new Position(
                    new Partition(Integer.parseInt(text.substring(0, blank))), text.substring(blank + 1));
        }

        /** Null after the last partition. */
        @Nullable Position after(String next) {
            if (!next.equals(PatternDeletion.BEGIN)) {
                return new Position(partition, next);
            }
            int following = partition.number() + 1;
            return following == Partition.COUNT ? null : new Position(new Partition(following), next);
        }

        String text() {
            return partition.number() + " " + cursor;
        }
    }

    /** @param at null at the end */
    private record Sum(@Nullable Position at, long seen, long deleted) {

        private Progress progress() {
            return new Progress(
                    at == null ? new Next.Done() : new Next.At(at.text(), Duration.ZERO), seen, deleted, 0);
        }
    }

    Mono<Progress> next(Turn.Claimed claimed) {
        var owner = new Owner.Application(claimed.tenant());
        var pattern = GlobPattern.of(claimed.pattern());
        long end = System.nanoTime() + LONGEST.toNanos();
        return Mono.just(new Sum(Position.of(claimed.cursor()), 0, 0))
                .expand(sum -> sum.at() == null || sum.seen() >= ENOUGH || System.nanoTime() - end > 0
                        ? Mono.empty()
                        : part(owner, claimed.namespace(), pattern, sum.at(), sum))
                .last()
                .map(Sum::progress);
    }

    private Mono<Sum> part(
            Owner.Application owner, String namespace, GlobPattern pattern, Position at, Sum before) {
        return deletion.deletePart(owner, namespace, pattern, at.partition(), at.cursor())
                .map(part -> new Sum(
                        at.after(part.cursor()), before.seen() + part.seen(), before.deleted() + part.deleted()));
    }
}
