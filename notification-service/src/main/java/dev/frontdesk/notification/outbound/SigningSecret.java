package dev.frontdesk.notification.outbound;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that signs our requests to an endpoint: {@code whsec_} and base64 of 24 to 64 bytes, as in Standard
 * Webhooks.
 *
 * @param text the whole secret, with its prefix
 */
public record SigningSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException with a message that may be shown */
    public SigningSecret {
        int bytes = text.startsWith(PREFIX) ? key(text).length : 0;
        if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("must be whsec_ followed by base64 of 24 to 64 bytes");
        }
    }

    public static SigningSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * The signature of one request, {@code v1,<base64>}.
     *
     * @param seconds since 1970, as in {@code webhook-timestamp}
     */
    public String sign(String id, long seconds, byte[] body) {
        var mac = mac(key(text));
        mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    /**
     * The legacy signature: HMAC-SHA256 of the body alone, in lower-case hexadecimal digits. Its key is the text of
     * this secret, including the prefix, and not the decoded bytes.
     */
    public String signBody(byte[] body) {
        return HexFormat.of()
                .formatHex(mac(text.getBytes(StandardCharsets.UTF_8)).doFinal(body));
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] key(String text) {
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
