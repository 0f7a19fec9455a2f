package dev.frontdesk.notification.queues;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import org.springframework.stereotype.Component;

/** A queue for AI jobs of a tenant, worked by the tenant's own workers. */
@Component
final class AiQueue implements BuiltInQueue {

    @Override
    public String name() {
        return "ai";
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.CLIENTS;
    }
}
