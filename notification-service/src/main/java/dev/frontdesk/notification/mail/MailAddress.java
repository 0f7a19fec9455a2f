package dev.frontdesk.notification.mail;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that can stand in an SMTP command and in a header as it is: no white space, no control characters, nothing
 * that quotes or separates (RFC 5321, 4.1.2 without quoted local parts). The domain is in its ASCII form.
 */
record MailAddress(String local, String domain) {

    private static final Pattern ADDRESS = Pattern.compile(
            "([\\x21-\\x7e&&[^<>()\\[\\]\\\\,;:\"@]]{1,64})@([^\\p{Cntrl}\\s<>()\\[\\]\\\\,;:\"@]{1,255})");

    /** @throws IllegalArgumentException when it is none; the message does not repeat it */
    static MailAddress of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an address that SMTP can carry");
        }
        try {
            return new MailAddress(parts.group(1), IDN.toASCII(parts.group(2), IDN.USE_STD3_ASCII_RULES));
        } catch (IllegalArgumentException notADomain) {
            throw new IllegalArgumentException("not a domain that SMTP can carry", notADomain);
        }
    }

    /** For logs: enough to recognise, too little to write to. */
    String masked() {
        return local.charAt(0) + "***@" + domain;
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
