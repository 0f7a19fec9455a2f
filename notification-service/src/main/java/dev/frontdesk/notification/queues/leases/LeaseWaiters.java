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
 * Workers outside that wait here for something to do. Of those that wait for one tenant's queue only the first is told to
 * look; when it has found something it leaves, and tells the next one to look for more. So a signal costs as many looks as
 * there is work, and one.
 */
@Component
final class LeaseWaiters {

    /** Each one is an open request. */
    static final int MOST = 2_000;

    /** So that there is room for others, however many workers one tenant has. */
    static final int MOST_OF_A_TENANT = 200;

    private record Lane(TenantId tenant, LinkedHashSet<Runnable> looks) {}

    private final Map<String, Map<TenantId, Lane>> queues = new HashMap<>();
    private final Map<TenantId, Integer> counts = new HashMap<>();
    private int count;

    /**
     * @param look is told to look, by any thread
     * @throws RejectedExecutionException when too many wait
     */
    synchronized void add(TenantId tenant, QueueName queue, Runnable look) {
        if (count >= MOST || count(tenant) >= MOST_OF_A_TENANT) {
            throw new RejectedExecutionException("too many workers wait");
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

    /** How many of the tenant's wait. */
    synchronized int count(TenantId tenant) {
        return counts.getOrDefault(tenant, 0);
    }

    /** There may be something to do for the first one. */
    void wake(TenantId tenant, QueueName queue) {
        first(queue.value(), tenant).forEach(Runnable::run);
    }

    /** There may be something to do in this queue of whatever tenant. */
    void wake(String queue) {
        first(queue, null).forEach(Runnable::run);
    }

    /** There may be something to do that no signal told of. */
    void wakeAll() {
        names().forEach(this::wake);
    }

    private synchronized List<String> names() {
        return List.copyOf(queues.keySet());
    }

    /** Told outside the lock. */
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
