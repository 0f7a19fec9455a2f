package dev.frontdesk.notification.jobs;

/**
 * Another attempt would fail in the same way. The message is stored as the reason and logged; it must contain no secret
 * and no address.
 */
public final class PermanentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
