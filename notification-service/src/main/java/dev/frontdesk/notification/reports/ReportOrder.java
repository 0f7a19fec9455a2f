package dev.frontdesk.notification.reports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report that somebody wants; the payload of its job.
 *
 * @param to exclusive
 * @param email who is told that it is made; or
 * @param accountId whose address is; nobody when both are missing
 * @param locale BCP 47; null for the account's own, or English
 */
record ReportOrder(
        String kind,
        Instant from,
        Instant to,
        @Nullable String email,
        @Nullable UUID accountId,
        @Nullable String locale) {

    /** It may have an address. */
    @Override
    public String toString() {
        return "ReportOrder[kind=" + kind + ", from=" + from + ", to=" + to + "]";
    }
}
