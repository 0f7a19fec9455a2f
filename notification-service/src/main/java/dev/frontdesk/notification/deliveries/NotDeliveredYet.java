package dev.frontdesk.notification.deliveries;

/** This attempt failed, a later one may not. The message is kept as the reason and logged: no secret, no address. */
public final class NotDeliveredYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotDeliveredYet(String reason, Throwable cause) {
        super(reason, cause);
    }
}
