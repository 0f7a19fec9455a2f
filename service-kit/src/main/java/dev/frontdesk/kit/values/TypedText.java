package dev.frontdesk.kit.values;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The rule for all text that people type: names, names of devices, titles, reasons, descriptions. Visible characters of
 * any script are allowed. Invisible characters are allowed only where they belong to a visible one: joiners inside an
 * emoji or a word, variation selectors, the tags of a flag. Rejected are controls, lone surrogates, private use,
 * characters that change the direction of the text after them, and all other invisible characters. Lengths are counted
 * in {@link Graphemes}, with at most {@value #UNITS_EACH} UTF-16 units each on average, so that few characters can't be
 * many bytes.
 */
public final class TypedText {

    /** The longest emoji on common keyboards has 15. */
    private static final int UNITS_EACH = 16;

    private static final Pattern LINE_ENDS = Pattern.compile("\r\n?|[\u2028\u2029]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\u0085\u2028\u2029]+");

    private final int shortest;
    private final int longest;
    private final GraphemeRules graphemeRules;

    private TypedText(int shortest, int longest, GraphemeRules graphemeRules) {
        this.shortest = shortest;
        this.longest = longest;
        this.graphemeRules = graphemeRules;
    }

    /** One line of 1 to {@code longest} graphemes, in NFC and without surrounding space. */
    public static TypedText line(int longest) {
        return new TypedText(1, longest, new GraphemeRules(false, false));
    }

    /** At most {@code longest} graphemes, in NFC; tabs are preserved, and every line end becomes a line feed. */
    public static TypedText lines(int longest) {
        return new TypedText(0, longest, new GraphemeRules(true, false));
    }

    /**
     * The same rule for text that an application composes: it may also set the direction of parts of the text, with
     * characters whose effect ends at the latest with the paragraph (marks and isolates, as MessageFormat 2 writes
     * them).
     */
    public TypedText directed() {
        return new TypedText(shortest, longest, new GraphemeRules(graphemeRules.lines(), true));
    }

    /**
     * @return the normalised text; reading it again returns the same
     * @throws IllegalArgumentException with a message that may be shown, and does not repeat the text
     */
    public String read(String typed) {
        // The time of all further steps grows with the length.
        checkSize(typed);
        String text = graphemeRules.lines() ? LINE_ENDS.matcher(typed).replaceAll("\n") : stripped(typed);
        // Check before NFC, because the time of NFC grows with the square of the number of marks on one letter.
        check(text);
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (!composed.equals(text)) {
            checkSize(composed);
            check(composed);
        }
        return composed;
    }

    private void checkSize(String text) {
        if (text.length() > longest * UNITS_EACH) {
            throw wrongLength();
        }
    }

    private void check(String text) {
        BreakIterator boundaries = Graphemes.boundaries(text);
        int length = 0;
        int start = 0;
        boolean seen = false;
        for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
            if (!graphemeRules.fits(text, start, end)) {
                throw new IllegalArgumentException(
                        graphemeRules.lines()
                                ? "must have only visible characters, tabs and line breaks"
                                : "must be one line of visible characters");
            }
            seen |= Visibility.anySeen(text, start, end);
            length++;
            start = end;
        }
        if (length > longest || shortest > 0 && !seen) {
            throw wrongLength();
        }
    }

    private IllegalArgumentException wrongLength() {
        return new IllegalArgumentException(
                shortest == 0
                        ? "must have at most " + longest + " characters"
                        : "must have " + shortest + " to " + longest + " characters");
    }

    /**
     * The displayable part of a text from another source, for places where rejecting it would lose it: one line,
     * without characters that are not allowed, cut between two graphemes. Empty if the text has nothing visible.
     *
     * @param mostUnits UTF-16 units of the result
     */
    public static String shown(String text, int mostUnits) {
        // Dropped characters make room for later ones, but the search for those is limited, since the text can have any
        // length.
        String line = BETWEEN_WORDS.matcher(Graphemes.cut(text, 4 * mostUnits)).replaceAll(" ");
        var one = new GraphemeRules(false, false);
        var kept = new StringBuilder(line.length());
        BreakIterator boundaries = Graphemes.boundaries(line);
        int start = 0;
        for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
            if (one.fits(line, start, end)) {
                kept.append(line, start, end);
            } else {
                line.substring(start, end)
                        .codePoints()
                        .filter(it -> Visibility.of(it) == Visibility.SEEN)
                        .limit(GraphemeRules.MOST_IN_ONE)
                        .forEach(kept::appendCodePoint);
            }
            start = end;
        }
        String shown = stripped(BETWEEN_WORDS.matcher(kept).replaceAll(" "));
        return stripped(Graphemes.cut(shown, mostUnits));
    }

    /** Removes separators of every kind at both ends. */
    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Character.isSpaceChar(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isSpaceChar(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
