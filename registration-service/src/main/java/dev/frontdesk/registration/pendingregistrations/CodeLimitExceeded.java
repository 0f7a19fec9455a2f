package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** The address, or this client for this address, has reached its limit of codes for now. */
public final class CodeLimitExceeded extends ProblemException {

    /**
     * @param reason {@code codes_per_day}: limit of the address; {@code codes_per_client} and {@code resend_wait} (the
     *     pause between two codes): limits of one client for the address; {@code sign_ups_at_once}: too many codes of
     *     the address may still work
     */
    CodeLimitExceeded(String reason, int limit, Duration wait) {
        super(ProblemType.TOO_MANY_CODES, "Request another code after Retry-After.");
        limited(reason, limit, limit);
        retryAfter(wait);
    }
}
