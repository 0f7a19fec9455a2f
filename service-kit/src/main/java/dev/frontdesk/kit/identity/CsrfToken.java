package dev.frontdesk.kit.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value that a page sends in {@code X-CSRF-Token} to use the session of its browser's cookie: HMAC-SHA256 of a
 * fixed text, keyed with the session token, in base64url. It belongs to that one session, needs no storage, and reveals
 * nothing about the token (OWASP's signed double submit).
 */
public final class CsrfToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "csrf".getBytes(US_ASCII);

    private CsrfToken() {}

    /** 43 characters. */
    public static String of(String sessionToken) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(sessionToken.getBytes(US_ASCII), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Compares in constant time. */
    public static boolean matches(String sessionToken, String offered) {
        return MessageDigest.isEqual(of(sessionToken).getBytes(US_ASCII), offered.getBytes(US_ASCII));
    }
}
