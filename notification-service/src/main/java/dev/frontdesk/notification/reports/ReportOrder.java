package dev.frontdesk.notification.reports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order for a report; the payload of its job.
 *
 * @param to exclusive
 * @param email the address to mail when the report is finished; null for none
 * @param accountId the account to mail when the report is finished; null for none, or if an address is given
 * @param locale BCP 47; null for the account's own, or English
 */
record ReportOrder(
        String kind,
        Instant from,
        Instant to,
        @Nullable String email,
        @Nullable UUID accountId,
        @Nullable String locale) {

    /** Leaves out the address. */
    @Override
    public String toString() {
        return "ReportOrder[kind=" + kind + ", from=" + from + ", to=" + to + "]";
    }
}
