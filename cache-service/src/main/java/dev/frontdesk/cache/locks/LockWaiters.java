package dev.frontdesk.cache.locks;

import dev.frontdesk.contracts.identity.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.stereotype.Component;

/**
 * The requests that wait for locks at this instance. Only the first one of each lock looks for its release; when that one leaves,
 * it wakes the next. So a release causes one attempt per instance, however many wait.
 */
@Component
class LockWaiters {

    private final Map<String, SequencedSet<WakeSignal>> locks = new HashMap<>();
    private final Map<TenantId, Integer> counts = new HashMap<>();
    private final int most;
    private final int mostOfATenant;
    private int count;

    LockWaiters(LocksProperties properties, MeterRegistry meters) {
        this.most = properties.maxWaiting();
        this.mostOfATenant = properties.maxWaitingPerTenant();
        Gauge.builder("frontdesk.cache.locks.waiting", this, LockWaiters::count)
                .description("Requests that wait for a lock")
                .register(meters);
    }

    /** @throws RejectedExecutionException when too many wait */
    synchronized void add(TenantId tenant, String lock, WakeSignal waiter) {
        int its = counts.getOrDefault(tenant, 0);
        if (count >= most || its >= mostOfATenant) {
            throw new RejectedExecutionException("too many requests are waiting for locks");
        }
        if (locks.computeIfAbsent(lock, _ -> new LinkedHashSet<>()).add(waiter)) {
            count++;
            counts.put(tenant, its + 1);
        }
    }

    synchronized boolean isFirst(String lock, WakeSignal waiter) {
        var waiters = locks.get(lock);
        return waiters != null && waiters.getFirst() == waiter;
    }

    void remove(TenantId tenant, String lock, WakeSignal waiter) {
        if (removed(tenant, lock, waiter)) {
            wake(lock);
        }
    }

    private synchronized boolean removed(TenantId tenant, String lock, WakeSignal waiter) {
        var waiters = locks.get(lock);
        if (waiters == null || !waiters.remove(waiter)) {
            return false;
        }
        count--;
        counts.computeIfPresent(tenant, (_, its) -> its == 1 ? null : its - 1);
        if (waiters.isEmpty()) {
            locks.remove(lock);
        }
        return true;
    }

    /** @param lock its key; it may be one for which no request waits here */
    void wake(String lock) {
        first(lock).forEach(WakeSignal::send);
    }

    void wakeAll() {
        names().forEach(this::wake);
    }

    synchronized int count() {
        return count;
    }

    private synchronized List<String> names() {
        return List.copyOf(locks.keySet());
    }

    /** Found under the lock of this object; callers wake it outside. */
    private synchronized List<WakeSignal> first(String lock) {
        var waiters = locks.get(lock);
        return waiters == null ? List.of() : List.of(waiters.getFirst());
    }
}
