package dev.frontdesk.kit.values;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The one rule for text that people type: names, names of devices, titles, reasons, descriptions. Allowed is what can be
 * seen, in any script, and what shows nothing by itself where it belongs to something that can be seen: joiners inside an
 * emoji or a word, selectors of a form, the tags of a flag. Refused are controls, lone surrogates, private use, what turns the
 * direction of the text after it, and everything that would stand there unseen. Lengths are {@link Graphemes}; all of them
 * have {@value #UNITS_EACH} UTF-16 units each on average at most, so that few characters are not many bytes.
 */
public final class TypedText {

    /** The longest emoji that keyboards have is of 15. */
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

    /** One line of 1 to {@code longest} graphemes, in NFC and without the space around it. */
    public static TypedText line(int longest) {
        return new TypedText(1, longest, new GraphemeRules(false, false));
    }

    /** At most {@code longest} graphemes, in NFC; tabs are kept, and every end of a line becomes a line feed. */
    public static TypedText lines(int longest) {
        return new TypedText(0, longest, new GraphemeRules(true, false));
    }

    /**
     * The same for text that an application puts together: what says the direction of a part of it is allowed too, in the
     * forms that end with their paragraph (marks and isolates, as MessageFormat 2 writes them).
     */
    public TypedText directed() {
        return new TypedText(shortest, longest, new GraphemeRules(graphemeRules.lines(), true));
    }

    /**
     * @return what is kept of it; reading that gives the same again
     * @throws IllegalArgumentException with a message that may be shown, and does not repeat the text
     */
    public String read(String typed) {
        // All that follows takes a time that grows with the length.
        checkSize(typed);
        String text = graphemeRules.lines() ? LINE_ENDS.matcher(typed).replaceAll("\n") : stripped(typed);
        // First: the time for NFC grows with the square of the marks on one letter.
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
                                ? "must have only characters that can be seen, tabs and ends of lines"
                                : "must be one line of characters that can be seen");
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
     * What may be shown of a text that comes from elsewhere, where refusing it would lose it: in one line, without what may
     * not be there, cut between two graphemes. Nothing is left of a text that shows nothing.
     *
     * @param mostUnits UTF-16 units of the answer
     */
    public static String shown(String text, int mostUnits) {
        // What is dropped makes room for some of what is beyond, but a text without end is not looked through for it.
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

    /** Without separators of every kind at both ends. */
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
