package dev.frontdesk.kit.values;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Counts characters as a reader does: as extended grapheme clusters (UAX #29). A family emoji is one cluster, and so
 * are a letter with its marks, a flag and a Hangul syllable.
 */
public final class Graphemes {

    private Graphemes() {}

    /** Runs in time proportional to the length of the text, whatever it contains. */
    public static int length(String text) {
        BreakIterator boundaries = boundaries(text);
        int length = 0;
        while (boundaries.next() != BreakIterator.DONE) {
            length++;
        }
        return length;
    }

    /**
     * The beginning of a text, for limited space. The cut is between two graphemes. If the first grapheme alone is too
     * large, the cut is inside it, between two code points.
     *
     * @param mostUnits UTF-16 units; this also limits the bytes: at most three in UTF-8 per unit
     */
    public static String cut(String text, int mostUnits) {
        if (text.length() <= mostUnits) {
            return text;
        }
        // Text after the boundary does not move it, so there is no need to scan all of a long text.
        String beginning = text.substring(0, endOfCodePoint(text, Math.min(text.length(), mostUnits + 2)));
        BreakIterator boundaries = boundaries(beginning);
        int end = boundaries.preceding(mostUnits + 1);
        return end > 0 ? beginning.substring(0, end) : beginning.substring(0, endOfCodePoint(beginning, mostUnits));
    }

    /**
     * The first graphemes of a text. If the first one alone is too large, the result has at most as many UTF-16 units
     * as graphemes were requested.
     *
     * @param most graphemes
     * @param mostUnits UTF-16 units
     */
    public static String first(String text, int most, int mostUnits) {
        BreakIterator boundaries = boundaries(text);
        int end = 0;
        for (int i = 0; i < most && end < text.length(); i++) {
            int next = boundaries.next();
            if (next > mostUnits) {
                break;
            }
            end = next;
        }
        return end > 0 ? text.substring(0, end) : cut(text, Math.min(most, mostUnits));
    }

    private static int endOfCodePoint(String text, int end) {
        boolean half = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return half ? end - 1 : end;
    }

    static BreakIterator boundaries(String text) {
        BreakIterator boundaries = BreakIterator.getCharacterInstance(Locale.ROOT);
        boundaries.setText(text);
        return boundaries;
    }
}
