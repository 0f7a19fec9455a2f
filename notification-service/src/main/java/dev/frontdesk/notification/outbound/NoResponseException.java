package dev.frontdesk.notification.outbound;

/** No response came. The message is a reason that the tenant may read: it reveals nothing about our network. */
public final class NoResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    NoResponseException(String reason, boolean mayHaveArrived, Throwable cause) {
        super(reason, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** False when it is certain that nothing of the request was sent. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
