package dev.frontdesk.kit.values;

/**
 * The rule for text that programs send and that is stored unchanged: a bounded length, no control characters, and no
 * unpaired surrogates, which UTF-8 can't encode. Text that people type has {@link TypedText}.
 */
public final class PlainText {

    private final int shortest;
    private final int longest;
    private final boolean lines;

    private PlainText(int shortest, int longest, boolean lines) {
        this.shortest = shortest;
        this.longest = longest;
        this.lines = lines;
    }

    /** 1 to {@code longest} characters. */
    public static PlainText line(int longest) {
        return new PlainText(1, longest, false);
    }

    /** At most {@code longest} characters, among them tabs and line feeds. */
    public static PlainText lines(int longest) {
        return new PlainText(0, longest, true);
    }

    /**
     * @return the same text
     * @throws IllegalArgumentException with a message that may be shown, and does not repeat the text
     */
    public String read(String text) {
        if (text.length() < shortest
                || text.length() > longest
                || !text.codePoints().allMatch(this::fits)) {
            throw new IllegalArgumentException(
                    lines
                            ? "must have at most " + longest
                                    + " characters, and no control characters but tabs and ends of lines"
                            : "must be 1 to " + longest + " characters without control characters");
        }
        return text;
    }

    private boolean fits(int codePoint) {
        return lines && (codePoint == '\n' || codePoint == '\t')
                || !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
