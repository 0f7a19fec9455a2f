package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.web.Timestamps;
import java.time.Duration;
import java.time.Instant;

/** When something may begin. */
public final class DueTime {

    private static final Duration AHEAD = Duration.ofDays(366);

    /** Clocks differ, and a request may have been on its way for a while. */
    private static final Duration AGO = Duration.ofMinutes(1);

    private DueTime() {}

    /** @throws IllegalArgumentException with a message that may be shown */
    public static Instant read(String text, Instant now) {
        Instant due = Timestamps.read(text);
        if (!due.isBefore(now.minus(AGO)) && isNear(due, now)) {
            return due;
        }
        throw new IllegalArgumentException("must not be past, and at most 366 days ahead");
    }

    /**
     * An event may have waited for long: what was due meanwhile is due now. What was due before there were any is a mistake,
     * and PostgreSQL does not know every year that Java knows.
     */
    public static boolean isNear(Instant due, Instant now) {
        return !due.isBefore(Instant.EPOCH) && !due.isAfter(now.plus(AHEAD));
    }
}
