package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** The client has had as many passwords checked as it may for now, correct ones included. */
public final class HashLimitExceeded extends ProblemException {

    HashLimitExceeded(int burst, Duration wait) {
        super(
                ProblemType.RATE_LIMITED,
                "Too many passwords were tried from this network. Try again after Retry-After.");
        limited("hash_limit", burst, burst);
        retryAfter(wait);
    }
}
