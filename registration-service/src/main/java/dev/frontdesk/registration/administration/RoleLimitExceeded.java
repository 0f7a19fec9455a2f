package dev.frontdesk.registration.administration;

/** The account has the maximum number of roles. Every request of the account carries its roles in a header. */
final class RoleLimitExceeded extends RuntimeException {

    static final int MOST = 16;

    RoleLimitExceeded() {
        super("already has " + MOST + " roles", null, false, false);
    }
}
