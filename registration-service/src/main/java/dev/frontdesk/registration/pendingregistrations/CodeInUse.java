package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;

/** Another request with the same, correct code is opening the account at this moment. */
public final class CodeInUse extends ProblemException {

    CodeInUse() {
        super(ProblemType.CONFLICT, "Another request is using this code. Try again.");
        retryAfter(Duration.ofSeconds(1));
    }
}
