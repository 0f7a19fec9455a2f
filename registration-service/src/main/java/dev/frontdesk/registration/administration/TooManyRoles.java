package dev.frontdesk.registration.administration;

/** They travel with every request of the account's, in a header. */
final class TooManyRoles extends RuntimeException {

    static final int MOST = 16;

    TooManyRoles() {
        super("has " + MOST + " roles already", null, false, false);
    }
}
