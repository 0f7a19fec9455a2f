package dev.frontdesk.notification.jobs;

import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All built-in queues, and what the configuration says about these and other queues. */
@Component
public class BuiltInQueues {

    private final Map<String, BuiltInQueue> byName;
    private final JobProperties properties;

    public BuiltInQueues(List<BuiltInQueue> queues, JobProperties properties) {
        var all = new TreeMap<String, BuiltInQueue>();
        for (BuiltInQueue queue : queues) {
            if (all.put(queue.name(), queue) != null) {
                throw new IllegalArgumentException("there are two built-in queues " + queue.name());
            }
        }
        this.byName = Collections.unmodifiableMap(all);
        this.properties = properties;
    }

    /** Sorted. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Sorted names of the queues that the condition holds for. */
    public String[] names(Predicate<BuiltInQueue> condition) {
        return byName.values().stream()
                .filter(condition)
                .map(BuiltInQueue::name)
                .toArray(String[]::new);
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Who adds jobs to this queue, built-in or created by a tenant. */
    public AddedBy addedBy(String name) {
        BuiltInQueue queue = byName.get(name);
        return queue == null ? AddedBy.CLIENTS : queue.addedBy();
    }

    /** Settings of this queue, built-in or created by a tenant, for tenants that have set nothing else. */
    public QueueDefaults defaults(String name) {
        @Nullable BuiltInQueue queue = byName.get(name);
        return properties.of(name, queue == null ? QueueLimits.NONE : queue.limits());
    }
}
