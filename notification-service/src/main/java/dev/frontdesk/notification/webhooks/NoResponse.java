package dev.frontdesk.notification.webhooks;

/** No answer came. The message is a reason that the tenant may read: it says nothing about our side of the network. */
public final class NoResponse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    NoResponse(String reason, boolean mayHaveArrived, Throwable cause) {
        super(reason, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** False when certainly nothing of the request was sent. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
