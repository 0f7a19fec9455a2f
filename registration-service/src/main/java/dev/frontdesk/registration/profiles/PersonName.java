package dev.frontdesk.registration.profiles;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A first or a last name: 1 to 100 code points (NFC, without surrounding space) and nothing that breaks a line, turns the
 * direction of what follows it, or can't be seen. Everything else is a name, whatever it looks like.
 */
public record PersonName(String value) {

    private static final int MAX_CODE_POINTS = 100;

    /** Longer is refused before any work is done on it: some of that work grows with the square of the length. */
    private static final int MAX_INPUT = 512;

    /**
     * Control, format (zero-width, bidi), private use, lone surrogates, line and paragraph separators, and letters and
     * marks that show nothing. The joiner and the non-joiner are how Persian and Indic names are spelt.
     */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0E\\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}&&[^\\u200C\\u200D]]");

    /** A joiner joins two that can be seen. */
    private static final Pattern LOOSE_JOINER =
            Pattern.compile("(^|[\\p{Z}\\u200C\\u200D])[\\u200C\\u200D]|[\\u200C\\u200D]([\\p{Z}]|$)");

    private static final Pattern SURROUNDING_SPACE = Pattern.compile("^\\p{Z}+|\\p{Z}+$");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PersonName {
        if (value.length() > MAX_INPUT) {
            throw wrongLength();
        }
        if (HIDDEN.matcher(value).find() || LOOSE_JOINER.matcher(value).find()) {
            throw new IllegalArgumentException("must not contain control characters");
        }
        value = SURROUNDING_SPACE
                .matcher(Normalizer.normalize(value, Normalizer.Form.NFC))
                .replaceAll("");
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_CODE_POINTS) {
            throw wrongLength();
        }
    }

    private static IllegalArgumentException wrongLength() {
        return new IllegalArgumentException("must have 1 to " + MAX_CODE_POINTS + " characters");
    }

    @Override
    public String toString() {
        return "***";
    }
}
