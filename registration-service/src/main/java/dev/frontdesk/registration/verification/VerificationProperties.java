package dev.frontdesk.registration.verification;

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
 * @param attemptsPerRegistration guesses at all codes of a pending registration
 * @param codesPerDay codes that an address may ask for in any 24 hours, whether it has an account or not
 * @param resendsPerDay how many of them may be resends
 * @param resendWait how long after a code a resend is refused
 * @param claim how long who brought the right code has to open the account; longer than the transaction that does it
 */
@ConfigurationProperties("frontdesk.registration.verification")
public record VerificationProperties(
        @Nullable String key,
        @DefaultValue("24h") Duration pendingTtl,
        @DefaultValue("10m") Duration codeTtl,
        @DefaultValue("5") int attemptsPerCode,
        @DefaultValue("25") int attemptsPerRegistration,
        @DefaultValue("10") int codesPerDay,
        @DefaultValue("5") int resendsPerDay,
        @DefaultValue("60s") Duration resendWait,
        @DefaultValue("10s") Duration claim) {

    /** Over which codes are counted. */
    static final Duration DAY = Duration.ofDays(1);

    private static final int KEY_BYTES = 32;

    public VerificationProperties {
        if (keyBytes(key).length != KEY_BYTES) {
            throw new IllegalArgumentException("FRONTDESK_VERIFICATION_KEY must be base64 of 32 random bytes");
        }
        if (attemptsPerCode < 1 || attemptsPerRegistration < 1 || codesPerDay < 1 || resendsPerDay < 1) {
            throw new IllegalArgumentException("frontdesk.registration.verification: every limit must be at least 1");
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
