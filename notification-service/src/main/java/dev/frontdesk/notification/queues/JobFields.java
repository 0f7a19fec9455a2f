package dev.frontdesk.notification.queues;

/** Checks fields of jobs. */
final class JobFields {

    private static final int LONGEST_KEY = 255;

    private JobFields() {}

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
