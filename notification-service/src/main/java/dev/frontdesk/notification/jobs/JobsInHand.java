package dev.frontdesk.notification.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The jobs that a {@link JobWorker} holds: claimed, and their outcome is not stored yet. At most as many as the source's
 * concurrency are in work; the others are ready to begin.
 */
public final class JobsInHand {

    /** One job in hand; a later claim of the same job is another one. */
    static final class Held {
        private final ClaimedJob claimed;
        private final Sinks.Empty<Void> lost = Sinks.empty();

        private Held(ClaimedJob claimed) {
            this.claimed = claimed;
        }

        ClaimedJob claimed() {
            return claimed;
        }

        Job job() {
            return claimed.job();
        }

        /** Completes when the worker no longer holds the job: it was cancelled, or another worker claimed it. */
        Mono<Void> lost() {
            return lost.asMono();
        }
    }

    private final JobSource source;
    private final Map<UUID, Held> all = new ConcurrentHashMap<>();
    private final Queue<Held> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyCount = new AtomicInteger();

    private final AtomicInteger working = new AtomicInteger();
    private final Map<UUID, Instant> unstored = new ConcurrentHashMap<>();
    private volatile boolean closed;

    JobsInHand(JobSource source) {
        this.source = source;
    }

    /**
     * How many more jobs may be claimed; 0 once the worker stops. A job whose attempt has ended leaves room for the next
     * one while its outcome is being stored, but not for more than as many again if outcomes can't be stored.
     */
    public int room() {
        int most = source.concurrency() + source.prefetch();
        int begunOrReady = working.get() + readyCount.get();
        return closed ? 0 : Math.max(0, Math.min(most - begunOrReady, 2 * most - all.size()));
    }

    /** How many jobs of the tenant's queue are in hand. */
    public int of(TenantId tenant, String queue) {
        return (int) all.values().stream()
                .map(Held::job)
                .filter(job -> job.queue().equals(queue) && job.tenant().equals(tenant))
                .count();
    }

    /** Whether a claim is worth its statement: there is room, and at most half of what may be ready is. */
    boolean wantMore() {
        return room() > 0 && readyCount.get() <= source.prefetch() / 2;
    }

    void add(List<ClaimedJob> claimed) {
        for (ClaimedJob job : claimed) {
            var held = new Held(job);
            Held earlier = all.put(job.job().id(), held);
            if (earlier != null) {
                // The lease of the earlier claim ended before this worker could renew it.
                lose(earlier);
            }
            readyCount.incrementAndGet();
            ready.add(held);
        }
    }

    /**
     * The next job to begin, which takes a place until {@link #attemptEnded()}. Null if none is ready, no place is free,
     * or the worker is being stopped. Called by one thread at a time.
     */
    @Nullable Held next() {
        if (closed || working.get() >= source.concurrency()) {
            return null;
        }
        Held next = ready.poll();
        if (next != null) {
            readyCount.decrementAndGet();
            working.incrementAndGet();
        }
        return next;
    }

    void attemptEnded() {
        working.decrementAndGet();
    }

    void remove(Held held) {
        all.remove(held.job().id(), held);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Held> all() {
        return List.copyOf(all.values());
    }

    /** Drops the jobs among those given whose claim is lost. Ignores jobs that ended in the meantime. */
    void loseAllBut(Collection<UUID> kept, List<Held> given) {
        var still = Set.copyOf(kept);
        given.stream()
                .filter(held ->
                        !still.contains(held.job().id()) && all.get(held.job().id()) == held)
                .forEach(this::lose);
    }

    private void lose(Held held) {
        if (ready.remove(held)) {
            readyCount.decrementAndGet();
            remove(held);
        }
        held.lost.tryEmitEmpty();
    }

    /** Lets no more jobs be claimed or begun. */
    void close() {
        closed = true;
    }

    /** Removes the jobs that were not begun. */
    List<Job> removeReady() {
        var unbegun = new ArrayList<Job>();
        for (Held next = ready.poll(); next != null; next = ready.poll()) {
            readyCount.decrementAndGet();
            remove(next);
            unbegun.add(next.job());
        }
        return unbegun;
    }

    /** Remembers a job that was begun, and whose outcome could not be stored, until others take it over. */
    void couldNotStore(Job job, Instant takenOverBy) {
        unstored.put(job.id(), takenOverBy);
    }

    /** All jobs that were claimed with the worker's knowledge and may still be active in the database. */
    Set<UUID> known(Instant now) {
        unstored.values().removeIf(now::isAfter);
        var known = new HashSet<>(all.keySet());
        known.addAll(unstored.keySet());
        return known;
    }
}
