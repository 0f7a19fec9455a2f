package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/**
 * The code is wrong, expired, was tried too often, or the address has no pending sign-up. The response never says
 * which.
 */
public final class WrongVerificationCode extends ProblemException {

    public WrongVerificationCode() {
        super(ProblemType.WRONG_VERIFICATION_CODE, "Check the code, or ask for a new one.");
    }
}
