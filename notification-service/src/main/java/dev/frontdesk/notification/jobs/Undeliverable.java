package dev.frontdesk.notification.jobs;

/** Another attempt would fail in the same way. The message is kept as the reason and logged: no secret, no address. */
public final class Undeliverable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Undeliverable(String reason) {
        super(reason);
    }

    public Undeliverable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
