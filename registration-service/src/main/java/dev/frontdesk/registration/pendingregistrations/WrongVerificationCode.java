package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/** The code proves nothing: wrong, expired, tried too often, or of an address that waits for none. Never said which. */
public final class WrongVerificationCode extends ProblemException {

    public WrongVerificationCode() {
        super(ProblemType.WRONG_VERIFICATION_CODE, "Check the code, or ask for a new one.");
    }
}
