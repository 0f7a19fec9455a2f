package dev.frontdesk.notification.mail;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tracks which mails are being sent, and for which of them the final dot was written. After that line the server may
 * have accepted the mail, whatever response we receive. A thread that gives up a mail and a thread that writes its dot
 * both ask here first, and only one of them succeeds. So a mail that was given up before its dot is certainly not sent;
 * after its dot, the outcome is unknown.
 */
final class SmtpCommitPoint {

    private enum State {
        BEFORE,
        WRITTEN,
        GIVEN_UP
    }

    /** One attempt to send one mail. */
    static final class Sending {

        private final AtomicReference<State> state = new AtomicReference<>(State.BEFORE);

        private Sending() {}

        /** @return false when the dot has been written, or is being written */
        boolean giveUp() {
            return state.compareAndSet(State.BEFORE, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
        }

        /** @return false when the mail was given up */
        private boolean mayEnd() {
            return state.compareAndSet(State.BEFORE, State.WRITTEN);
        }
    }

    private final Map<String, Sending> underWay = new ConcurrentHashMap<>();

    /**
     * Empty while an earlier attempt to send the same mail has not ended. Such an attempt ends at the latest when its
     * connection is closed.
     */
    Optional<Sending> begin(String messageId) {
        var sending = new Sending();
        return underWay.putIfAbsent(messageId, sending) == null ? Optional.of(sending) : Optional.empty();
    }

    /** Reports that nothing more of the mail will be written. */
    void ended(String messageId, Sending sending) {
        underWay.remove(messageId, sending);
    }

    /** Called right before the dot is written. */
    boolean mayEnd(String messageId) {
        Sending sending = underWay.get(messageId);
        return sending != null && sending.mayEnd();
    }
}
