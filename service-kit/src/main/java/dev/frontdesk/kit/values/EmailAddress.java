package dev.frontdesk.kit.values;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A normalised e-mail address: without surrounding space, NFKC, lower case, the domain in ASCII (IDNA). Two spellings
 * that reach the same mailbox in practice are equal; normalisation is idempotent.
 *
 * <p>Rejected are: characters that can disguise an address (control, zero-width and bidi characters) or break out of a
 * mail header; the Turkish capital İ, because lower case would turn it into another letter and so into another domain;
 * and a local part that is not ASCII, because it needs SMTPUTF8 (RFC 6531) on every mail server on the way, and a mail
 * that does not arrive proves nothing. Limits are those of RFC 5321, section 4.5.3.1, and its erratum 1690: 64 octets
 * before the @, 254 in all.
 *
 * @param value the normalised address
 */
public record EmailAddress(String value) {

    private static final int MAX_OCTETS = 254;
    private static final int MAX_LOCAL_OCTETS = 64;

    /** Longer input is rejected before any processing. */
    private static final int MAX_INPUT = 512;

    /**
     * Control, format (zero-width, bidi), unassigned and lone surrogate characters, and invisible letters and marks.
     */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0]"
                    + "|[\\x{E0100}-\\x{E01EF}]");

    /** RFC 5322 dot-atom. */
    private static final String ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";

    private static final Pattern NOT_ASCII = Pattern.compile("\\P{ASCII}");
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    /** Also as two code points, and in the lower-case form that most programs produce. */
    private static final Pattern DOTTED_CAPITAL_I = Pattern.compile("\u0130|[iI]\u0307");

    /** IDNA 2003, which the JDK implements, maps these to other letters; in IDNA 2008 they make a different domain. */
    private static final Pattern AMBIGUOUS_IN_DOMAIN = Pattern.compile("[\\u00DF\\u03C2]");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public EmailAddress {
        value = normalised(value);
    }

    private static String normalised(String input) {
        if (input.length() > MAX_INPUT) {
            throw refused();
        }
        String text = folded(stripSpaces(input));
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw refused();
        }
        String local = text.substring(0, at);
        if (NOT_ASCII.matcher(local).find()) {
            throw new IllegalArgumentException("must have only ASCII before the @");
        }
        String address = local + "@" + asciiDomain(text.substring(at + 1));
        if (!LOCAL_PART.matcher(local).matches() || octets(local) > MAX_LOCAL_OCTETS || octets(address) > MAX_OCTETS) {
            throw refused();
        }
        return address;
    }

    /** Normalises twice, because lower case can undo the normal form. */
    private static String folded(String text) {
        if (HIDDEN.matcher(text).find()) {
            throw refused();
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        if (DOTTED_CAPITAL_I.matcher(plain).find()) {
            throw new IllegalArgumentException("must have I or i instead of İ");
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        String folded = Normalizer.normalize(lower, Normalizer.Form.NFKC);
        if (HIDDEN.matcher(folded).find()) {
            throw refused();
        }
        return stripSpaces(folded);
    }

    private static String asciiDomain(String domain) {
        if (AMBIGUOUS_IN_DOMAIN.matcher(domain).find()) {
            throw refused();
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
            if (ascii.length() <= MAX_OCTETS && DOMAIN.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException notADomain) {
            throw refused();
        }
        throw refused();
    }

    /** Strips only spaces: a trailing line break is not a typing error. */
    private static String stripSpaces(String text) {
        return text.replaceAll("^\\p{Zs}+|\\p{Zs}+$", "");
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("must be an e-mail address");
    }

    public String localPart() {
        return value.substring(0, value.lastIndexOf('@'));
    }

    /** SHA-256 in hex: identifies the address in a key without revealing it. */
    public String hash() {
        return Sha256.hex(value);
    }

    /** For logs: recognisable, but not the complete address. */
    @Override
    public String toString() {
        return value.substring(0, value.offsetByCodePoints(0, 1)) + "***" + value.substring(value.lastIndexOf('@'));
    }
}
