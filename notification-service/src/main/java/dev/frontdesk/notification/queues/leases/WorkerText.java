package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.values.Graphemes;

/**
 * Text that a worker says about its work, for people who look at a job. It is never a reason to refuse what the worker says with it:
 * it is kept in a form that can be stored, shown and logged in one line.
 */
final class WorkerText {

    private static final String CUT = "… (cut)";

    /** UTF-16 units that a character may have on average: one may have any number of marks. */
    private static final int LONGEST_CHARACTER = 16;

    private WorkerText() {}

    /**
     * Control characters, line separators and what turns the direction of text around are written as {@code \n} or
     * {@code \u001b}, halves of
     * a surrogate pair as U+FFFD, and white space around it is left out.
     *
     * @param most characters as readers count them (grapheme clusters); what is longer is cut behind one, and marked
     * @return empty when there is nothing to show
     */
    static String shown(String text, int most) {
        int bound = most * LONGEST_CHARACTER;
        var shown = new StringBuilder();
        String stripped = text.strip();
        int at = 0;
        while (at < stripped.length() && shown.length() <= bound) {
            int character = stripped.codePointAt(at);
            append(shown, character);
            at += Character.charCount(character);
        }
        String kept = Graphemes.first(shown.toString(), most, bound);
        return kept.length() < shown.length() ? kept + CUT : kept;
    }

    private static void append(StringBuilder shown, int character) {
        switch (character) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (Character.getType(character) == Character.SURROGATE) {
                    shown.append('\uFFFD');
                } else if (breaksALine(character)) {
                    shown.append("\\u%04x".formatted(character));
                } else {
                    shown.appendCodePoint(character);
                }
            }
        }
    }

    private static boolean breaksALine(int character) {
        return Character.isISOControl(character)
                || character == '\u2028'
                || character == '\u2029'
                || character >= '\u202A' && character <= '\u202E'
                || character >= '\u2066' && character <= '\u2069';
    }
}
