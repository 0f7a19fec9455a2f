package dev.frontdesk.notification.templates;

/** A template would write, or look up, more than a mail ever needs. */
public class TooMuchOfATemplate extends RuntimeException {

    TooMuchOfATemplate(String message) {
        super(message);
    }
}
