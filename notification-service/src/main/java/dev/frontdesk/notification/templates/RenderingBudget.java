package dev.frontdesk.notification.templates;

/** What one rendering may still do. Each look into the model, each element of a list and each piece written is a step. */
final class RenderingBudget {

    /** Some milliseconds of work, and several times what a long mail takes. */
    private static final int MOST = 10_000;

    private int left = MOST;

    /** @throws RenderingBudgetExceeded when there are none left */
    void take(int steps) {
        left -= steps;
        if (left < 0) {
            throw new RenderingBudgetExceeded("asks for too much");
        }
    }
}
