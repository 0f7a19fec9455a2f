package dev.frontdesk.notification.templates;

/** A template would write, or look up, more than a mail ever needs. */
public class RenderingBudgetExceeded extends RuntimeException {

    RenderingBudgetExceeded(String message) {
        super(message);
    }
}
