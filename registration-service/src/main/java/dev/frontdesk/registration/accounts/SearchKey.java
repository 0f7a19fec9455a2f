package dev.frontdesk.registration.accounts;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names and addresses are found by: the same for all spellings of a text that people take for one. Compatible forms are one
 * (NFKC: wide and narrow, ligatures), upper and lower case are (full case folding), all four i's of Turkish are, and what
 * shows nothing is dropped. Marks of letters count. What begins like a text has a key that begins like its key. Made here
 * alone, stored with the account, and compared by the database as bytes: nothing there folds a text in its own way.
 *
 * @param value at most {@value #LONGEST} UTF-16 units; empty for a text that shows nothing
 */
public record SearchKey(String value) {

    /** A longer text is found by its beginning. An index of PostgreSQL takes some 2,700 bytes. */
    private static final int LONGEST = 200;

    private static final Pattern SHOWS_NOTHING = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Cs}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFFA0\\uFE00-\\uFE0F"
                    + "\\x{E0100}-\\x{E01EF}]");
    private static final Pattern SPACE = Pattern.compile("\\p{Z}+");
    private static final String DOT_ABOVE = "\u0307";
    private static final Pattern DOTS = Pattern.compile("[\u3002\uFF0E\uFF61]");

    /** Of a name, or of how one begins. */
    public static SearchKey of(String text) {
        String key = folded(folded(text));
        return new SearchKey(beginning(SPACE.matcher(key).replaceAll(" ").strip()));
    }

    /**
     * Of an address, or of how one begins: with the domain as people write it, whether it is given so or in ASCII.
     *
     * @param text normalised or as it is typed
     */
    public static SearchKey ofAddress(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return of(text);
        }
        // Label by label: how the last one begins may be none that IDNA can read, and stays as it is then.
        String domain = DOTS.matcher(text.substring(at + 1)).replaceAll(".");
        return of(text.substring(0, at + 1) + IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED));
    }

    /** A second time, as what is folded may be no normal form, and that may be to fold. */
    private static String folded(String text) {
        String plain = SHOWS_NOTHING
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        var folded = new StringBuilder(plain.length());
        plain.codePoints().forEach(it -> fold(it, folded));
        // The dot of a capital İ that was written in lower case.
        return Normalizer.normalize(folded.toString().replace("i" + DOT_ABOVE, "i"), Normalizer.Form.NFKC);
    }

    /** One by one: a final sigma is a sigma. To upper case in between, as both ß and ẞ are SS there. */
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
