package dev.frontdesk.notification.templates;

/**
 * The number of steps that one rendering may still take. Each lookup in the model, each list element and each written
 * piece of text is a step.
 */
final class RenderingBudget {

    /** Some milliseconds of work, and several times what a long mail needs. */
    private static final int MOST = 10_000;

    private int left = MOST;

    /** @throws RenderingBudgetExceeded when not enough steps are left */
    void take(int steps) {
        left -= steps;
        if (left < 0) {
            throw new RenderingBudgetExceeded("needs too many steps");
        }
    }
}
