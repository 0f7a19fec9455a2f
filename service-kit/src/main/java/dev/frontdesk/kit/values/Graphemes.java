package dev.frontdesk.kit.values;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Characters as a reader counts them: extended grapheme clusters (UAX #29). An emoji of a family is one of them, as are a
 * letter with its marks, a flag and a Hangul syllable.
 */
public final class Graphemes {

    private Graphemes() {}

    /** Takes a time that grows with the length of the text, whatever is in it. */
    public static int length(String text) {
        BreakIterator boundaries = boundaries(text);
        int length = 0;
        while (boundaries.next() != BreakIterator.DONE) {
            length++;
        }
        return length;
    }

    /**
     * The beginning of a text, for a place that is limited. Ends between two graphemes; within one only where the first
     * alone is larger than the place, and then between two code points.
     *
     * @param mostUnits UTF-16 units, which bounds the bytes too: at most three in UTF-8 for each
     */
    public static String cut(String text, int mostUnits) {
        if (text.length() <= mostUnits) {
            return text;
        }
        // What follows the boundary does not move it, and a long text is not worth a look at all of it.
        String beginning = text.substring(0, endOfCodePoint(text, Math.min(text.length(), mostUnits + 2)));
        BreakIterator boundaries = boundaries(beginning);
        int end = boundaries.preceding(mostUnits + 1);
        return end > 0 ? beginning.substring(0, end) : beginning.substring(0, endOfCodePoint(beginning, mostUnits));
    }

    /**
     * The first graphemes of a text. Where the first alone is larger than the place, as many of its UTF-16 units are left
     * as graphemes were wanted.
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
