package dev.frontdesk.kit.connections;

import java.time.Duration;

/** The progress of one request over HTTP/2, and of its response. */
final class StreamProgress {

    /** When the request or, once it was answered, the rest of the response last made progress. */
    private long movedAt = System.nanoTime();

    /** Bytes since then: those that have arrived, and those that the client has made room for. */
    private long moved;

    /** The last byte of the request has arrived. */
    private boolean complete;

    /** The last byte of the response was given to the connection. */
    private boolean answered;

    void moves(int bytes) {
        moved += bytes;
        if (moved >= ConnectionProperties.PROGRESS) {
            nowMoved();
        }
    }

    private void nowMoved() {
        moved = 0;
        movedAt = System.nanoTime();
    }

    void requestEnds() {
        complete = true;
    }

    void answerEnds() {
        answered = true;
        nowMoved();
    }

    boolean isAnsweredEarly() {
        return answered && !complete;
    }

    /** Whether the rest of the request, or a client that takes the rest of the response, is overdue. */
    boolean isLate(Duration within) {
        return (answered || !complete) && System.nanoTime() - movedAt > within.toNanos();
    }
}
