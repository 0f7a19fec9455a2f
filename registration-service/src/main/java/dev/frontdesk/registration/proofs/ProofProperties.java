package dev.frontdesk.registration.proofs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the proofs in an account's life. All of them are kept in PostgreSQL, in the transaction of what they
 * guard, and fail closed.
 *
 * @param codeTtl how long a code or a link works
 * @param attemptsPerCode guesses at one code
 * @param attemptsPerWindow guesses at all codes of a window
 * @param codesPerWindow codes that may be asked for in a window; where anybody may ask, of one client for one address
 * @param codesPerAddress codes for one address that all clients together may ask for in a window
 * @param liveCodes codes of one address that work at once; one more ends the oldest
 * @param window counted from the first code on
 * @param resendWait between two codes
 * @param passwordAttempts wrong passwords that a session may bring where the password is asked for again
 * @param passwordWindow counted from the first one on
 * @param purgeEvery how often what is over is removed
 */
@ConfigurationProperties("frontdesk.registration.proofs")
public record ProofProperties(
        @DefaultValue("10m") Duration codeTtl,
        @DefaultValue("5") int attemptsPerCode,
        @DefaultValue("25") int attemptsPerWindow,
        @DefaultValue("5") int codesPerWindow,
        @DefaultValue("20") int codesPerAddress,
        @DefaultValue("3") int liveCodes,
        @DefaultValue("24h") Duration window,
        @DefaultValue("60s") Duration resendWait,
        @DefaultValue("10") int passwordAttempts,
        @DefaultValue("1h") Duration passwordWindow,
        @DefaultValue("10m") Duration purgeEvery) {

    public ProofProperties {
        if (attemptsPerCode < 1
                || attemptsPerWindow < 1
                || codesPerWindow < 1
                || codesPerAddress < 1
                || liveCodes < 1
                || passwordAttempts < 1) {
            throw new IllegalArgumentException("frontdesk.registration.proofs: every limit must be at least 1");
        }
        if (!codeTtl.isPositive()
                || resendWait.isNegative()
                || !passwordWindow.isPositive()
                || !purgeEvery.isPositive()
                || window.compareTo(codeTtl) < 0
                || window.compareTo(resendWait) < 0) {
            throw new IllegalArgumentException(
                    "frontdesk.registration.proofs: times must be positive, and the window the longest");
        }
    }
}
