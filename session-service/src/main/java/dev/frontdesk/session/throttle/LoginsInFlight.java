package dev.frontdesk.session.throttle;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** As many logins of this name, device or client are in flight as may fail; they may still succeed. */
public final class LoginsInFlight extends ProblemException {

    LoginsInFlight(long limit, long inFlight) {
        super(ProblemType.RATE_LIMITED, "Other logins of this account, device or network are in progress. Try again.");
        limited("logins_in_flight", limit, inFlight);
        retryAfter(Duration.ofSeconds(1));
    }
}
