package dev.frontdesk.notification.analytics;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Something to count; the payload of its job.
 *
 * @param day in UTC
 * @param count how often it happened, 1 to 1,000,000
 */
record Happening(String kind, LocalDate day, int count) {

    static final int MOST = 1_000_000;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException with a message that may be shown */
    static String readKind(String text) {
        if (!KIND.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 64 lower-case letters, digits, dots, underscores and hyphens, a letter first");
        }
        return text;
    }
}
