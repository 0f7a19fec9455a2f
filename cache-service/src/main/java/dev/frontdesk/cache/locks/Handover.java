package dev.frontdesk.cache.locks;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The way of an acquired lock from the reply of Redis to the request that asked for it. The client can leave at any moment of it:
 * either the request gets the lock and is responsible for it, or the lock is given back.
 */
final class Handover {

    private sealed interface State {

        record Empty() implements State {}

        record UnderWay(Attempt.Acquired lock) implements State {}

        record Delivered() implements State {}

        record Abandoned() implements State {}
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State.Empty());
    private final Consumer<Attempt.Acquired> giveBack;

    /** @param giveBack is called for a lock that does not arrive */
    Handover(Consumer<Attempt.Acquired> giveBack) {
        this.giveBack = giveBack;
    }

    /** Redis has replied. */
    void begin(Attempt.Acquired lock) {
        var before = state.getAndUpdate(now -> now instanceof State.Empty ? new State.UnderWay(lock) : now);
        if (before instanceof State.Abandoned) {
            giveBack.accept(lock);
        }
    }

    /** The request has the lock, if it was acquired at all. */
    void complete() {
        state.getAndUpdate(now -> now instanceof State.UnderWay ? new State.Delivered() : now);
    }

    /** The client has left. */
    void abandon() {
        var before = state.getAndUpdate(now -> now instanceof State.Delivered ? now : new State.Abandoned());
        if (before instanceof State.UnderWay(Attempt.Acquired lock)) {
            giveBack.accept(lock);
        }
    }
}
