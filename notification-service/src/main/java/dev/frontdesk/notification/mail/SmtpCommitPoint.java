package dev.frontdesk.notification.mail;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which mails are on their way, and of which the final dot was written: the line after which the server may have taken a mail
 * whatever we hear of it. Whoever gives a mail up and whoever writes its dot ask here, and only one of them is first. So a
 * mail that was given up before its dot is certain not to be sent, and one that was not is what nobody can know of.
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

        /** @return false when the dot was written, or is being written */
        boolean giveUp() {
            return state.compareAndSet(State.BEFORE, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
        }

        /** @return false when the mail was given up */
        private boolean mayEnd() {
            return state.compareAndSet(State.BEFORE, State.WRITTEN);
        }
    }

    private final Map<String, Sending> underWay = new ConcurrentHashMap<>();

    /** Empty while an earlier attempt with the same mail has not ended, which it does when its connection is closed. */
    Optional<Sending> begin(String messageId) {
        var sending = new Sending();
        return underWay.putIfAbsent(messageId, sending) == null ? Optional.of(sending) : Optional.empty();
    }

    /** Nothing more is written of it. */
    void ended(String messageId, Sending sending) {
        underWay.remove(messageId, sending);
    }

    /** Asked right before the dot is written. */
    boolean mayEnd(String messageId) {
        Sending sending = underWay.get(messageId);
        return sending != null && sending.mayEnd();
    }
}
