package dev.frontdesk.registration.credentials;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/** No account of this tenant has this address and password. The response never says which of the two is wrong. */
final class WrongCredentials extends ProblemException {

    WrongCredentials() {
        super(ProblemType.WRONG_CREDENTIALS, "Check the address and the password.");
    }
}
