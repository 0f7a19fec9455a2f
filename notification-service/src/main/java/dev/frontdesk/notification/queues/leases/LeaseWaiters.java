package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.queues.QueueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * External workers that wait for jobs. A signal wakes only the first waiter of each tenant's queue; when that waiter
 * has found jobs it leaves and wakes the next one. So a signal causes only one claim more than there is work.
 */
@Component
final class LeaseWaiters {

    /** Maximum number of waiters; each one is an open request. */
    static final int MOST = 2_000;

    /** Limit per tenant, so that one tenant's workers leave room for others. */
    static final int MOST_OF_A_TENANT = 200;

    private record Lane(TenantId tenant, LinkedHashSet<Runnable> looks) {}

    private final Map<String, Map<TenantId, Lane>> queues = new HashMap<>();
    private final Map<TenantId, Integer> counts = new HashMap<>();
    private int count;

    /**
     * @param look called by any thread when there may be jobs
     * @throws RejectedExecutionException when too many wait
     */
    synchronized void add(TenantId tenant, QueueName queue, Runnable look) {
        if (count >= MOST || count(tenant) >= MOST_OF_A_TENANT) {
            throw new RejectedExecutionException("too many workers are waiting");
        }
        if (queues.computeIfAbsent(queue.value(), _ -> new HashMap<>())
                .computeIfAbsent(tenant, _ -> new Lane(tenant, new LinkedHashSet<>()))
                .looks()
                .add(look)) {
            count++;
            counts.merge(tenant, 1, Integer::sum);
        }
    }

    synchronized void remove(TenantId tenant, QueueName queue, Runnable look) {
        var lanes = queues.get(queue.value());
        Lane lane = lanes == null ? null : lanes.get(tenant);
        if (lanes == null || lane == null || !lane.looks().remove(look)) {
            return;
        }
        count--;
        counts.computeIfPresent(tenant, (_, its) -> its == 1 ? null : its - 1);
        if (lane.looks().isEmpty()) {
            lanes.remove(tenant);
            if (lanes.isEmpty()) {
                queues.remove(queue.value());
            }
        }
    }

    /** Number of the tenant's waiters. */
    synchronized int count(TenantId tenant) {
        return counts.getOrDefault(tenant, 0);
    }

    /** Wakes the first waiter of the tenant's queue. */
    void wake(TenantId tenant, QueueName queue) {
        first(queue.value(), tenant).forEach(Runnable::run);
    }

    /** Wakes the first waiter of each tenant's queue of this name. */
    void wake(String queue) {
        first(queue, null).forEach(Runnable::run);
    }

    /** Wakes the first waiter of each tenant in every queue, for work that no signal announced. */
    void wakeAll() {
        names().forEach(this::wake);
    }

    private synchronized List<String> names() {
        return List.copyOf(queues.keySet());
    }

    /** Collects the waiters under the lock; callers run them outside it. */
    private synchronized List<Runnable> first(String queue, @Nullable TenantId only) {
        var firsts = new ArrayList<Runnable>();
        for (Lane lane : queues.getOrDefault(queue, Map.of()).values()) {
            if (only == null || only.equals(lane.tenant())) {
                firsts.add(lane.looks().getFirst());
            }
        }
        return firsts;
    }
}
