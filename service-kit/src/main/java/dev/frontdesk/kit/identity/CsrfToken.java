package dev.frontdesk.kit.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a page shows in {@code X-CSRF-Token} to use the session that its browser's cookie stands for: HMAC-SHA256 of a
 * fixed word, keyed with the session token, in base64url. It belongs to that one session, needs no place to be kept in,
 * and tells nothing of the token (OWASP's signed double submit).
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

    /** Takes the same time wherever the two differ. */
    public static boolean matches(String sessionToken, String offered) {
        return MessageDigest.isEqual(of(sessionToken).getBytes(US_ASCII), offered.getBytes(US_ASCII));
    }
}
