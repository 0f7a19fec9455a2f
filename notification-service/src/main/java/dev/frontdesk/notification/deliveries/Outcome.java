package dev.frontdesk.notification.deliveries;

import java.time.Duration;

/** How an attempt ended. */
sealed interface Outcome {

    /** It is delivered. */
    record Done() implements Outcome {}

    /** It never will be. */
    record Failed(String reason) implements Outcome {}

    /** It has to be tried again. */
    record Again(Duration pause, String reason) implements Outcome {}

    static Outcome of(Throwable error, Delivery delivery, Duration pause) {
        String reason = reasonOf(error);
        return error instanceof Undeliverable || delivery.isLastAttempt()
                ? new Failed(reason)
                : new Again(pause, reason);
    }

    private static String reasonOf(Throwable error) {
        boolean ours = error instanceof Undeliverable || error instanceof NotDeliveredYet;
        String message = error.getMessage();
        // What others say may quote anything.
        return ours && message != null ? message : error.getClass().getSimpleName();
    }
}
