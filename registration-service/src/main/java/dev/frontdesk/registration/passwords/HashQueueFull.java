package dev.frontdesk.registration.passwords;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** As many passwords wait to be hashed as may. Says when those will be done. */
public final class HashQueueFull extends ProblemException {

    HashQueueFull(Duration untilTheseAreDone) {
        super(ProblemType.OVERLOADED, "Too much work is waiting already.");
        retryAfter(untilTheseAreDone);
    }
}
