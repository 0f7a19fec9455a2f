package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import dev.frontdesk.notification.jobs.QueueLimits;
import org.springframework.stereotype.Component;

/** The queue of mails with a code, so that these do not wait behind other mails. */
@Component
final class CodeQueue implements BuiltInQueue {

    static final String NAME = "email-codes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE;
    }

    /** A guard against abuse, far above what people ask for. {@link CodeRateMonitor} reports when it delays codes. */
    @Override
    public QueueLimits limits() {
        return QueueLimits.ofRate(1_000);
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
