package dev.frontdesk.kit.values;

import java.lang.Character.UnicodeScript;
import java.util.regex.Pattern;

/**
 * Decides whether a grapheme is allowed in a text.
 *
 * @param lines whether the text may have several lines
 * @param directed whether the text may set the direction of parts of it
 */
record GraphemeRules(boolean lines, boolean directed) {

    /**
     * Maximum number of code points in a grapheme. Unicode's stream-safe format (UAX #15) treats 30 marks on a letter
     * as more than any language needs.
     */
    static final int MOST_IN_ONE = 32;

    private static final Pattern FLAG = Pattern.compile("\\x{1F3F4}[\\x{E0020}-\\x{E007E}]{1,6}\\x{E007F}");

    private static final int NOTHING = -1;

    /** Checks the characters of {@code text} from {@code start} to {@code end}, which form one grapheme. */
    boolean fits(String text, int start, int end) {
        boolean tagged = false;
        int size = 0;
        int before = start == 0 ? NOTHING : text.codePointBefore(start);
        for (int at = start; at < end; ) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            int after = at == text.length() ? NOTHING : text.codePointAt(at);
            var visibility = Visibility.of(codePoint);
            boolean fits = visibility == Visibility.SILENT
                    ? at < end && isSeen(after)
                    : fits(visibility, codePoint, before, after);
            if (!fits) {
                return false;
            }
            tagged |= visibility == Visibility.TAG;
            size++;
            before = codePoint;
        }
        return size <= MOST_IN_ONE
                && (!tagged || FLAG.matcher(text.substring(start, end)).matches());
    }

    private boolean fits(Visibility visibility, int codePoint, int before, int after) {
        return switch (visibility) {
            case SEEN, SPACE, TAG -> true;
            case LINE -> lines;
            case DIRECTION -> directed;
            case JOINER -> joins(codePoint, before, after);
            case SELECTOR -> isSeen(before) && Visibility.canSelect(codePoint, before);
            case SILENT, UNFIT -> false;
        };
    }

    /**
     * A joiner is allowed between two visible characters. After a virama it is also allowed at the end of a word,
     * because it controls how the virama is drawn.
     */
    private static boolean joins(int joiner, int before, int after) {
        if (joiner == Visibility.MONGOLIAN_VOWEL_SEPARATOR) {
            return isMongolian(before) && isMongolian(after);
        }
        boolean afterSelector = before != NOTHING && Visibility.of(before) == Visibility.SELECTOR;
        boolean afterSign = isSeen(before) || afterSelector;
        return afterSign && isSeen(after) || before != NOTHING && Visibility.isVirama(before);
    }

    private static boolean isMongolian(int codePoint) {
        return codePoint != NOTHING && UnicodeScript.of(codePoint) == UnicodeScript.MONGOLIAN;
    }

    private static boolean isSeen(int codePoint) {
        return codePoint != NOTHING && Visibility.of(codePoint) == Visibility.SEEN;
    }
}
