package dev.frontdesk.registration.codes;

import java.time.Duration;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the proof of an address. The counts are stored in Redis, or in PostgreSQL while Redis is down. While
 * both are down no code is sent and none is checked.
 *
 * @param key FRONTDESK_VERIFICATION_KEY: base64 of 32 random bytes; codes are stored only as HMAC with it
 * @param pendingTtl how long a sign-up stays pending
 * @param codeTtl how long a code is valid
 * @param attemptsPerCode wrong guesses at one code
 * @param attemptsPerAddress wrong guesses at all codes of an address within 24 hours of the first
 * @param codesPerDay codes that may be requested for an address in any 24 hours, whether it has an account or not
 * @param codesPerClient how many of them one client (an IPv4 address or an IPv6 /64) may request after its first
 *     sign-up
 * @param resendWait minimum time between a code and a resend for the same client
 * @param signUpsAtOnce pending sign-ups of one address; also the number of codes within {@code codeTtl} after which
 *     another sign-up is refused
 * @param claim how long a request with the correct code has to open the account; longer than the transaction takes
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

    /** The period over which codes are counted. */
    public static final Duration DAY = Duration.ofDays(1);

    /**
     * After an outage an address has the sign-ups of Redis and those of PostgreSQL; {@code sign_ups.lua} has room for
     * twice as many.
     */
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

    /**
     * @param writeTimeout how long the transaction that opens an account may take
     * @throws IllegalArgumentException when a second request could be granted the claim before that time is over
     */
    public void requireClaimLongerThan(Duration writeTimeout) {
        if (claim.compareTo(writeTimeout) <= 0) {
            throw new IllegalArgumentException("frontdesk.registration.verification.claim must be longer than"
                    + " frontdesk.registration.accounts.write-timeout");
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
