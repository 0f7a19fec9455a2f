package dev.frontdesk.registration.proofs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the proofs for changes of an account. All counts are stored in PostgreSQL, in the transaction of the
 * change that they guard, and fail closed.
 *
 * @param codeTtl how long a code or a link is valid
 * @param attemptsPerCode guesses at one code
 * @param attemptsPerWindow guesses at all codes within a window
 * @param codesPerWindow codes that may be requested within a window; for requests open to any client, by one client for
 *     one address
 * @param codesPerAddress codes for one address that all clients together may request within a window
 * @param liveCodes codes of one address that are valid at once; one more ends the oldest
 * @param window counted from the first code
 * @param resendWait minimum time between two codes
 * @param passwordAttempts wrong passwords per account when a session must give the password again
 * @param passwordWindow counted from the first attempt
 * @param purgeEvery how often expired proofs are removed
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
                    "frontdesk.registration.proofs: durations must be positive, and the window the longest of them");
        }
    }
}
