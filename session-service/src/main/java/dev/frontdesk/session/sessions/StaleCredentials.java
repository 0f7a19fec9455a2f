package dev.frontdesk.session.sessions;

/**
 * The credentials were valid when they were checked, but were replaced, or the account was closed, before the session
 * opened.
 */
public final class StaleCredentials extends RuntimeException {

    StaleCredentials() {
        super("The credentials were replaced after the check", null, false, false);
    }
}
