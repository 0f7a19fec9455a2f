package dev.frontdesk.notification.webhooks;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import dev.frontdesk.notification.jobs.QueueLimits;
import org.springframework.stereotype.Component;

/** The queue of webhook deliveries and of replays. */
@Component
final class WebhookQueue implements BuiltInQueue {

    static final String NAME = "webhook";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE;
    }

    /** More than other queues have, because an attempt mostly waits for a response. */
    @Override
    public QueueLimits limits() {
        return QueueLimits.ofConcurrency(50);
    }

    @Override
    public boolean isDelivery() {
        return true;
    }
}
