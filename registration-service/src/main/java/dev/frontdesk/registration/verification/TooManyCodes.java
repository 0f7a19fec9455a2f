package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.problem.ProblemException;
import java.time.Duration;

/** The address has had all the codes that it may have for now. */
public final class TooManyCodes extends ProblemException {

    /** @param reason {@code codes_per_day}, {@code resends_per_day}, or {@code resend_wait} for the pause between two */
    TooManyCodes(String reason, int limit, Duration wait) {
        super(ProblemType.TOO_MANY_CODES, "Wait before you ask for another code.");
        limited(reason, limit, limit);
        retryAfter(wait);
    }
}
