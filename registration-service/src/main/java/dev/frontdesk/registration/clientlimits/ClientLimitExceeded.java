package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** The client has requested as many codes as it may for now, whatever addresses it named. */
public final class ClientLimitExceeded extends ProblemException {

    ClientLimitExceeded(int burst, Duration wait) {
        super(
                ProblemType.RATE_LIMITED,
                "Too many codes were requested from this network. Try again after Retry-After.");
        limited("client_limit", burst, burst);
        retryAfter(wait);
    }
}
