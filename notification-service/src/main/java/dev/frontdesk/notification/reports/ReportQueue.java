package dev.frontdesk.notification.reports;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import org.springframework.stereotype.Component;

/** The queue of reports. A tenant may have its own workers make them. */
@Component
final class ReportQueue implements BuiltInQueue {

    static final String NAME = "report";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE_OR_CLIENTS;
    }
}
