package dev.frontdesk.notification.notifications;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import org.springframework.stereotype.Component;

/** The queue of notifications that applications send. */
@Component
final class NotificationQueue implements BuiltInQueue {

    static final String NAME = "notification";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE;
    }

    @Override
    public boolean isSearchedByAccount() {
        return true;
    }

    @Override
    public boolean isDelivery() {
        return true;
    }
}
