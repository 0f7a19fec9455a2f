package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.values.Sha256;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The operator key, which allows the operator of the installation to do everything.
 *
 * @param key {@code fdo_} and 43 base64url characters (256 bits); FRONTDESK_OPERATOR_KEY
 */
@ConfigurationProperties("frontdesk.operator")
record OperatorKey(String key) {

    private static final Pattern FORM = Pattern.compile(Credential.API_KEY_PREFIX + "[A-Za-z0-9_-]{43}");

    OperatorKey {
        if (!isKey(key)) {
            throw new IllegalArgumentException(
                    "FRONTDESK_OPERATOR_KEY must be fdo_ and 43 base64url characters (32 random bytes)");
        }
    }

    /** Compares in constant time, so that a key cannot be guessed piece by piece. */
    boolean matches(String offered) {
        return MessageDigest.isEqual(Sha256.of(offered), Sha256.of(key));
    }

    private static boolean isKey(@Nullable String key) {
        return key != null && FORM.matcher(key).matches();
    }

    @Override
    public String toString() {
        return "OperatorKey[***]";
    }
}
