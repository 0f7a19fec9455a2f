package dev.frontdesk.notification.outbound;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides once whether a request is sent or given up, so that a request that was given up before its first byte is
 * never sent later.
 */
final class SendGuard {

    private enum State {
        NEITHER,
        BEGUN,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NEITHER);

    /** @throws CancellationException when the request was given up */
    void begin() {
        if (!state.compareAndSet(State.NEITHER, State.BEGUN)) {
            throw new CancellationException("abandoned");
        }
    }

    /** @return false when the sending had begun */
    boolean giveUp() {
        return state.compareAndSet(State.NEITHER, State.GIVEN_UP);
    }
}
