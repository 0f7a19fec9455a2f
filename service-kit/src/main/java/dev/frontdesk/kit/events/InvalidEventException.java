package dev.frontdesk.kit.events;

/**
 * An event that no retry can handle: it is parked at once. The message is stored with it for operators, so it states
 * the problem without repeating the data.
 */
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String reason) {
        super(reason);
    }
}
