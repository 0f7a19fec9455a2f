package dev.frontdesk.kit.values;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in its one normalised form: without surrounding space, NFKC, lower case, the domain in ASCII (IDNA).
 * Two spellings that reach the same mailbox in practice are equal; normalising twice changes nothing. Refused is what
 * could be read as something else than it is (control, zero-width and bidi characters), or could step out of a mail
 * header. Refused is the Turkish capital İ, which lower case would make another letter and another domain of. Refused is a local part that is not ASCII, too: it needs SMTPUTF8 (RFC 6531) from every mail server on the way,
 * and a mail that never comes proves nothing. Limits are those of RFC 5321, section 4.5.3.1, and its erratum 1690: 64
 * octets before the @, 254 in all.
 *
 * @param value the normalised address
 */
public record EmailAddress(String value) {

    private static final int MAX_OCTETS = 254;
    private static final int MAX_LOCAL_OCTETS = 64;

    /** Longer is refused before any work is done on it. */
    private static final int MAX_INPUT = 512;

    /** Control, format (zero-width, bidi), unassigned and lone surrogates, and letters and marks that show nothing. */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0]"
                    + "|[\\x{E0100}-\\x{E01EF}]");

    /** RFC 5322 dot-atom. */
    private static final String ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";

    private static final Pattern NOT_ASCII = Pattern.compile("\\P{ASCII}");
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    /** Also as two code points, and as the lower case that most programs make of it. */
    private static final Pattern DOTTED_CAPITAL_I = Pattern.compile("\u0130|[iI]\u0307");

    /** IDNA 2003, which the JDK has, takes these for other letters; IDNA 2008 gives them domains of their own. */
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

    /** Lower case may take the normal form away again, so that is made twice. */
    private static String folded(String text) {
        if (HIDDEN.matcher(text).find()) {
            throw refused();
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        if (DOTTED_CAPITAL_I.matcher(plain).find()) {
            throw new IllegalArgumentException("must have I or i in the place of İ");
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

    /** Space alone: a line break at the end is no slip of a finger. */
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

    /** SHA-256 in hex: names the address in a key without showing it. */
    public String hash() {
        return Sha256.hex(value);
    }

    /** For logs: enough to recognise, too little to write to. */
    @Override
    public String toString() {
        return value.substring(0, value.offsetByCodePoints(0, 1)) + "***" + value.substring(value.lastIndexOf('@'));
    }
}
