package dev.frontdesk.kit.connections;

import java.time.Duration;

/** The progress of one request over HTTP/2, and of its response. */
final class StreamProgress {

    private final long begun = System.nanoTime();

    /** The last byte of the request has arrived. */
    private boolean complete;

    /** The last byte of the response was given to the connection at {@code ended}. */
    private boolean answered;

    private long ended;

    void requestEnds() {
        complete = true;
    }

    void answerEnds() {
        answered = true;
        ended = System.nanoTime();
    }

    boolean isAnsweredEarly() {
        return answered && !complete;
    }

    /** Whether the rest of the request, or a client that takes the rest of the response, is overdue. */
    boolean isLate(Duration within) {
        return (answered || !complete) && System.nanoTime() - (answered ? ended : begun) > within.toNanos();
    }
}
