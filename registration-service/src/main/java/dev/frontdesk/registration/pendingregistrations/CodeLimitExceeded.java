package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** The address, or this client for it, has had all the codes that it may have for now. */
public final class CodeLimitExceeded extends ProblemException {

    /**
     * @param reason {@code codes_per_day} for the address; {@code codes_per_client} and {@code resend_wait} (the pause between
     *     two) for one client and the address; {@code sign_ups_at_once} while three codes may still work
     */
    CodeLimitExceeded(String reason, int limit, Duration wait) {
        super(ProblemType.TOO_MANY_CODES, "Wait before you ask for another code.");
        limited(reason, limit, limit);
        retryAfter(wait);
    }
}
