package dev.frontdesk.registration.codes;

import java.time.Duration;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the proof of an address. They are kept in Redis, and while that is away in PostgreSQL; without both no code is
 * sent and none is looked at.
 *
 * @param key FRONTDESK_VERIFICATION_KEY: base64 of 32 random bytes; codes are stored only as HMAC with it
 * @param pendingTtl how long a sign-up waits for its proof
 * @param codeTtl how long a code works
 * @param attemptsPerCode guesses at one code
 * @param attemptsPerAddress guesses at all codes of an address in 24 hours from the first on
 * @param codesPerDay codes that may be asked for an address in any 24 hours, whether it has an account or not
 * @param codesPerClient how many of them one client (an IPv4 address or an IPv6 /64) may ask for again after its sign-up
 * @param resendWait how long after a code of the same client a resend is refused
 * @param signUpsAtOnce sign-ups of one address that wait at once, and codes within {@code codeTtl} after which another
 *     sign-up waits
 * @param claim how long who brought the right code has to open the account; longer than the transaction that does it
 */
@ConfigurationProperties("frontdesk.registration.verification")
public record VerificationProperties(
        @Nullable String key,
        @DefaultValue("24h") Duration pendingTtl,
        @DefaultValue("10m") Duration codeTtl,
        @DefaultValue("5") int attemptsPerCode,
        @DefaultValue("25") int attemptsPerAddress,
        @DefaultValue("20") int codesPerDay,
        @DefaultValue("5") int codesPerClient,
        @DefaultValue("60s") Duration resendWait,
        @DefaultValue("3") int signUpsAtOnce,
        @DefaultValue("10s") Duration claim) {

    /** Over which codes are counted. */
    public static final Duration DAY = Duration.ofDays(1);

    /** After an outage an address keeps those of Redis and those of PostgreSQL; {@code sign_ups.lua} has room for twice as many. */
    private static final int MOST_SIGN_UPS = 3;

    private static final int KEY_BYTES = 32;

    public VerificationProperties {
        if (keyBytes(key).length != KEY_BYTES) {
            throw new IllegalArgumentException("FRONTDESK_VERIFICATION_KEY must be base64 of 32 random bytes");
        }
        if (attemptsPerCode < 1 || attemptsPerAddress < 1 || codesPerDay < 1 || codesPerClient < 1) {
            throw new IllegalArgumentException("frontdesk.registration.verification: every limit must be at least 1");
        }
        if (signUpsAtOnce < 1 || signUpsAtOnce > MOST_SIGN_UPS) {
            throw new IllegalArgumentException(
                    "frontdesk.registration.verification.sign-ups-at-once must be 1 to " + MOST_SIGN_UPS);
        }
    }

    SecretKey secretKey() {
        return new SecretKeySpec(keyBytes(key), "HmacSHA256");
    }

    private static byte[] keyBytes(@Nullable String key) {
        try {
            return key == null ? new byte[0] : Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "VerificationProperties[key=***]";
    }
}
