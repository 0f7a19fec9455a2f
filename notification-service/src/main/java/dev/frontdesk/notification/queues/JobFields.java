package dev.frontdesk.notification.queues;

import java.util.regex.Pattern;

/** What the fields of jobs look like. */
final class JobFields {

    private static final int LONGEST_KEY = 255;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    private JobFields() {}

    static String readKind(String text) {
        if (!KIND.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 64 lower-case letters, digits, dots, underscores and hyphens, a letter first");
        }
        return text;
    }

    static String readKey(String text) {
        if (text.isEmpty()
                || text.length() > LONGEST_KEY
                || text.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(
                    "must be 1 to " + LONGEST_KEY + " characters without control characters");
        }
        return text;
    }
}
