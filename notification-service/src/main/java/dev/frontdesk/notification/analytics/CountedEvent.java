package dev.frontdesk.notification.analytics;

import java.time.LocalDate;

/**
 * An event to count; the payload of its job.
 *
 * @param day in UTC
 * @param count how often it happened, 1 to 1,000,000
 */
record CountedEvent(String kind, LocalDate day, int count) {

    static final int MOST = 1_000_000;
}
