package dev.frontdesk.notification.jobs;

/** Another attempt would fail in the same way. The message is kept as the reason and logged: no secret, no address. */
public final class PermanentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
