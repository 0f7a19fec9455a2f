package dev.frontdesk.notification.templates;

/** A template shows what has no text: an object or a list. */
public final class NoTextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoTextException() {
        super("shows an object or a list");
    }
}
