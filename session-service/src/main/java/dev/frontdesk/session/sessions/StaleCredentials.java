package dev.frontdesk.session.sessions;

/** The credentials were right when they were checked, and were replaced, or the account closed, before the session opened. */
public final class StaleCredentials extends RuntimeException {

    StaleCredentials() {
        super("The credentials were replaced since they were checked", null, false, false);
    }
}
