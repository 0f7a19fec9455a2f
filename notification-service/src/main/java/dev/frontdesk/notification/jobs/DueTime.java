package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.web.Timestamps;
import java.time.Duration;
import java.time.Instant;

/** Reads and checks the time at which a job may begin. */
public final class DueTime {

    /** How far a due time may lie in the future. */
    public static final Duration AHEAD = Duration.ofDays(366);

    /** Tolerance for clock differences and for slow requests. */
    private static final Duration AGO = Duration.ofMinutes(1);

    private DueTime() {}

    /** @throws IllegalArgumentException with a message that may be shown to clients */
    public static Instant read(String text, Instant now) {
        Instant due = Timestamps.read(text);
        if (!due.isBefore(now.minus(AGO)) && isNear(due, now)) {
            return due;
        }
        throw new IllegalArgumentException("must not be in the past, and at most 366 days in the future");
    }

    /**
     * Accepts times in the past: an event may have waited for long, and what was due in the meantime is due now. Times
     * before 1970 are mistakes, and PostgreSQL does not support every year that Java supports.
     */
    public static boolean isNear(Instant due, Instant now) {
        return !due.isBefore(Instant.EPOCH) && !due.isAfter(now.plus(AHEAD));
    }
}
