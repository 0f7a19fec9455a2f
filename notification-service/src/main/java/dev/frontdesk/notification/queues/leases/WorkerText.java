package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.values.Graphemes;

/**
 * Free text that a worker sends about its work, for people who look at a job. It never causes a refusal: it is
 * converted to a form that can be stored, shown and logged in one line.
 */
final class WorkerText {

    private static final String CUT = "… (cut)";

    /** Average number of UTF-16 units allowed per character: a character may have any number of combining marks. */
    private static final int LONGEST_CHARACTER = 16;

    private WorkerText() {}

    /**
     * Writes control characters, line separators and characters that change the text direction as {@code \n} or
     * {@code \u001b}, replaces unpaired surrogates by U+FFFD, and strips white space at both ends.
     *
     * @param most maximum number of characters as readers count them (grapheme clusters); longer text is cut after one
     *     of them and marked
     * @return empty if there is nothing to show
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
