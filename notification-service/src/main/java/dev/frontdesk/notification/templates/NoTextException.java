package dev.frontdesk.notification.templates;

/** Thrown when a template uses an object or a list as text. */
public final class NoTextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoTextException() {
        super("shows an object or a list");
    }
}
