package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import dev.frontdesk.notification.jobs.QueueLimits;
import org.springframework.stereotype.Component;

/** The queue of all mails without a code of the service. */
@Component
final class EmailQueue implements BuiltInQueue {

    static final String NAME = "email";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE;
    }

    @Override
    public QueueLimits limits() {
        return QueueLimits.ofRate(100);
    }

    @Override
    public boolean isSearchedByAddress() {
        return true;
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
