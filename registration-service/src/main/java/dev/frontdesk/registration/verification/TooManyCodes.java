package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.problem.ProblemException;
import java.time.Duration;

/** The address has asked for all the codes that it may ask for today. */
public final class TooManyCodes extends ProblemException {

    TooManyCodes(int limit, Duration wait) {
        super(ProblemType.TOO_MANY_CODES, "Wait before you ask for another code.");
        limited("codes_per_day", limit, limit);
        retryAfter(wait);
    }
}
