package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/** The address has an account from another sign-up. Reported only to clients that have proved the address. */
public final class AddressTaken extends ProblemException {

    AddressTaken() {
        super(ProblemType.CONFLICT, "This address already has an account.");
    }
}
