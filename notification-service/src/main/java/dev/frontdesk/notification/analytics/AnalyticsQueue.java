package dev.frontdesk.notification.analytics;

import dev.frontdesk.notification.jobs.BuiltInQueue;
import org.springframework.stereotype.Component;

/** The queue of events that applications send to be counted. */
@Component
final class AnalyticsQueue implements BuiltInQueue {

    static final String NAME = "analytics";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AddedBy addedBy() {
        return AddedBy.SERVICE;
    }
}
