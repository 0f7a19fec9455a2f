package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** There were so many wrong passwords that no other is checked for now. */
public final class PasswordAttemptsExceeded extends ProblemException {

    PasswordAttemptsExceeded(int limit, Duration wait) {
        super(ProblemType.RATE_LIMITED, "Try another password after Retry-After.");
        limited("password_attempts", limit, limit);
        retryAfter(wait);
    }
}
