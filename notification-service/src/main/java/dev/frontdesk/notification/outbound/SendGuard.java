package dev.frontdesk.notification.outbound;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** Whether a request began to be sent: decided once, so that what was given up before it began is never sent afterwards. */
final class SendGuard {

    private enum State {
        NEITHER,
        BEGUN,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NEITHER);

    /** @throws CancellationException when it was given up */
    void begin() {
        if (!state.compareAndSet(State.NEITHER, State.BEGUN)) {
            throw new CancellationException("given up");
        }
    }

    /** @return false when it had begun */
    boolean giveUp() {
        return state.compareAndSet(State.NEITHER, State.GIVEN_UP);
    }
}
