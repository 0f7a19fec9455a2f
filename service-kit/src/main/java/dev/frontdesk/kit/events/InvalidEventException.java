package dev.frontdesk.kit.events;

/**
 * An event that no attempt will ever handle: it is parked at once. The message is kept beside it for operators, so it says
 * what is wrong and repeats nothing of the data.
 */
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String reason) {
        super(reason);
    }
}
