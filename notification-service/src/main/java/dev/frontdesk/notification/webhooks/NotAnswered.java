package dev.frontdesk.notification.webhooks;

/** No answer came. The message is a reason that the tenant may read: it says nothing about our side of the network. */
public final class NotAnswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAnswered(String reason, Throwable cause) {
        super(reason, cause);
    }
}
