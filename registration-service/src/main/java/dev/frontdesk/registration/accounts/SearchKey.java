package dev.frontdesk.registration.accounts;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The key by which names and addresses are searched: equal for all spellings that people regard as the same text.
 * Compatible forms are equal (NFKC: wide and narrow, ligatures), so are upper and lower case (full case folding) and
 * all four i's of Turkish; invisible characters are dropped. Accents count. If a text begins with another, its key
 * begins with the other's key. Keys are computed only here, stored with the account, and compared by the database as
 * bytes, so that the database never folds a text in its own way.
 *
 * @param value at most {@value #LONGEST} UTF-16 units; empty for a text without visible characters
 */
public record SearchKey(String value) {

    /** A longer text is found by its beginning. An index of PostgreSQL accepts about 2,700 bytes. */
    private static final int LONGEST = 200;

    private static final Pattern SHOWS_NOTHING = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Cs}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFFA0\\uFE00-\\uFE0F"
                    + "\\x{E0100}-\\x{E01EF}]");
    private static final Pattern SPACE = Pattern.compile("\\p{Z}+");
    private static final String DOT_ABOVE = "\u0307";
    private static final Pattern DOTS = Pattern.compile("[\u3002\uFF0E\uFF61]");

    /** The key of a name, or of the beginning of one. */
    public static SearchKey of(String text) {
        String key = folded(folded(text));
        return new SearchKey(beginning(SPACE.matcher(key).replaceAll(" ").strip()));
    }

    /**
     * The key of an address, or of the beginning of one. Uses the Unicode form of the domain, whether it is given in
     * Unicode or in ASCII.
     *
     * @param text normalised or as typed
     */
    public static SearchKey ofAddress(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return of(text);
        }
        // IDN converts label by label: the last label may be incomplete and not valid IDNA; it then stays as it is.
        String domain = DOTS.matcher(text.substring(at + 1)).replaceAll(".");
        return of(text.substring(0, at + 1) + IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED));
    }

    /**
     * Must be applied twice: folding can give a text that is not normalised, and normalising it can give characters to
     * fold.
     */
    private static String folded(String text) {
        String plain = SHOWS_NOTHING
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        var folded = new StringBuilder(plain.length());
        plain.codePoints().forEach(it -> fold(it, folded));
        // Removes the dot that remains of a capital İ in lower case.
        return Normalizer.normalize(folded.toString().replace("i" + DOT_ABOVE, "i"), Normalizer.Form.NFKC);
    }

    /**
     * Folds each code point by itself, so that a final sigma becomes a sigma. Converts to upper case in between,
     * because both ß and ẞ are SS there.
     */
    private static void fold(int codePoint, StringBuilder folded) {
        Character.toString(Character.toLowerCase(codePoint))
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
    }

    private static String beginning(String key) {
        if (key.length() <= LONGEST) {
            return key;
        }
        return key.substring(0, Character.isHighSurrogate(key.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    @Override
    public String toString() {
        return "***";
    }
}
