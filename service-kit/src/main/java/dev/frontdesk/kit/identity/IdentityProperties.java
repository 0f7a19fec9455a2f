package dev.frontdesk.kit.identity;

import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param key base64 of 32 random bytes, the same in every service; signs who calls
 * @param verify whether this service takes its callers from a signed assertion; false only at the gateway, which makes it
 */
@ConfigurationProperties("frontdesk.identity")
public record IdentityProperties(
        String key, @DefaultValue("true") boolean verify) {

    private static final int KEY_BYTES = 32;

    public IdentityProperties {
        if (key == null || !isKey(key)) {
            throw new IllegalArgumentException("FRONTDESK_IDENTITY_KEY must be base64 of 32 random bytes");
        }
    }

    SecretKey secretKey() {
        return new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256");
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length >= KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "IdentityProperties[key=***, verify=" + verify + "]";
    }
}
