package dev.frontdesk.notification.mail;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that can be written into an SMTP command and a header without quoting: no white space, no control
 * characters, no quotes or separators (RFC 5321, 4.1.2 without quoted local parts). The domain is in its ASCII form.
 */
record MailAddress(String local, String domain) {

    private static final Pattern ADDRESS = Pattern.compile(
            "([\\x21-\\x7e&&[^<>()\\[\\]\\\\,;:\"@]]{1,64})@([^\\p{Cntrl}\\s<>()\\[\\]\\\\,;:\"@]{1,255})");

    /** @throws IllegalArgumentException when the text is not such an address; the message does not contain the text */
    static MailAddress of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a valid SMTP address");
        }
        try {
            return new MailAddress(parts.group(1), IDN.toASCII(parts.group(2), IDN.USE_STD3_ASCII_RULES));
        } catch (IllegalArgumentException notADomain) {
            throw new IllegalArgumentException("not a valid SMTP domain", notADomain);
        }
    }

    /** For logs: enough to recognise the address, too little to send mail to it. */
    String masked() {
        return local.charAt(0) + "***@" + domain;
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
