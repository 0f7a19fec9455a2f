package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/** The address has an account that came from another sign-up. Only who has proved the address is told. */
public final class AddressTaken extends ProblemException {

    AddressTaken() {
        super(ProblemType.CONFLICT, "This address has an account already.");
    }
}
