package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** No code is sent now: the last one is too recent, or the limit of codes is reached. */
public final class ProofLimitExceeded extends ProblemException {

    ProofLimitExceeded(String reason, int limit, int current, Duration wait) {
        super(ProblemType.TOO_MANY_CODES, "Request another code after Retry-After.");
        limited(reason, limit, current);
        retryAfter(wait);
    }
}
