package dev.frontdesk.kit.identity;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param key base64 of 32 random bytes, the same in every service; signs the assertions
 * @param acceptedKey a second key whose signatures are also valid, used while the key is changed
 * @param verify whether this service reads the caller from a signed assertion; false only at the gateway, which creates
 *     it
 */
@ConfigurationProperties("frontdesk.identity")
public record IdentityProperties(
        String key,
        @Nullable String acceptedKey,
        @DefaultValue("true") boolean verify) {

    private static final int KEY_BYTES = 32;

    public IdentityProperties {
        if (key == null || !isKey(key)) {
            throw new IllegalArgumentException("FRONTDESK_IDENTITY_KEY must be base64 of 32 random bytes");
        }
        // An empty value means not set: operators leave it empty after a key change.
        acceptedKey = acceptedKey == null || acceptedKey.isBlank() ? null : acceptedKey;
        if (acceptedKey != null && !isKey(acceptedKey)) {
            throw new IllegalArgumentException("FRONTDESK_IDENTITY_ACCEPTEDKEY must be base64 of 32 random bytes");
        }
    }

    /** The signing key first, then the accepted key, if set. */
    List<SecretKey> secretKeys() {
        return Stream.of(key, acceptedKey)
                .filter(Objects::nonNull)
                .<SecretKey>map(text -> new SecretKeySpec(Base64.getDecoder().decode(text), "HmacSHA256"))
                .toList();
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
