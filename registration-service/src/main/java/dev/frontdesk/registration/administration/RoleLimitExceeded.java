package dev.frontdesk.registration.administration;

/** They travel with every request of the account's, in a header. */
final class RoleLimitExceeded extends RuntimeException {

    static final int MOST = 16;

    RoleLimitExceeded() {
        super("has " + MOST + " roles already", null, false, false);
    }
}
