package dev.frontdesk.registration.passwords;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** The queue of passwords to hash is full. Reports when the queued ones will be done. */
public final class HashQueueFull extends ProblemException {

    HashQueueFull(Duration untilTheseAreDone) {
        super(ProblemType.OVERLOADED, "The queue of password hashes is full. Try again after Retry-After.");
        retryAfter(untilTheseAreDone);
    }
}
