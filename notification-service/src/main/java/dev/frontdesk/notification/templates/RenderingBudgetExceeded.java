package dev.frontdesk.notification.templates;

/** Thrown when a template writes or reads more than any mail needs. */
public class RenderingBudgetExceeded extends RuntimeException {

    RenderingBudgetExceeded(String message) {
        super(message);
    }
}
