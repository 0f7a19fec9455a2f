package dev.frontdesk.kit.connections;

import java.time.Duration;

/** The progress of one request over HTTP/2, and of its response. */
final class StreamProgress {

    /** When the request or, once it was answered, the rest of the response last made progress. */
    private long movedAt = System.nanoTime();

    /** Bytes of the request since then. */
    private long moved;

    /** Bytes that the client has allowed the response to have, besides the initial window. */
    private long allowed;

    /** Bytes of the response that had been sent when it last made progress. */
    private long sent;

    /** The last byte of the request has arrived. */
    private boolean complete;

    /** The last byte of the response was given to the connection. */
    private boolean answered;

    void receives(int bytes) {
        moved += bytes;
        if (!answered && moved >= ConnectionProperties.PROGRESS) {
            nowMoved();
        }
    }

    void allows(int bytes) {
        allowed += bytes;
    }

    /** @param left of the initial window and of what was allowed since */
    void hasLeft(long initialWindow, long left) {
        long total = initialWindow + allowed - left;
        if (answered && total - sent >= ConnectionProperties.PROGRESS) {
            sent = total;
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
