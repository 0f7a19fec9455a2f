package dev.frontdesk.notification.emailtemplates;

import com.samskivert.mustache.MustacheException;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.templates.NoTextException;
import dev.frontdesk.notification.templates.RenderingBudgetExceeded;

/** Converts errors of rendering to messages for the client that sent the template or the data. */
final class Refusals {

    private static final String FIELD = "data";

    private Refusals() {}

    static RuntimeException ofData(RuntimeException failed) {
        return switch (failed) {
            // The name comes from the template and was checked when the template was stored.
            case MustacheException.Context missing ->
                ProblemException.invalid(FIELD, "lacks a variable of the template: " + missing.key);
            case NoTextException _ ->
                ProblemException.invalid(FIELD, "has an object or a list where the template needs text or a number");
            case RenderingBudgetExceeded _ -> ProblemException.invalid(FIELD, "makes the mail larger than the limit");
            // A template that was valid when it was stored may no longer be.
            case IllegalArgumentException unfit ->
                ProblemException.invalid("kind", "has a template that is invalid: " + unfit.getMessage());
            default -> failed;
        };
    }
}
