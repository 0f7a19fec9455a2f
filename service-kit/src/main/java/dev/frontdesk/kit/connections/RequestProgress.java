package dev.frontdesk.kit.connections;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/** How far the requests of one connection and the answers to them have come. */
final class RequestProgress {

    /** Requests whose answer is not complete, the one that is being received among them. */
    private int pending;

    /** The request that came last has a body that is not complete. */
    private boolean inBody;

    /** Something came of a request whose head is not complete. */
    private boolean inHead;

    /** The answer to the oldest request has begun. */
    private boolean answering;

    /** Received since the client has been waiting for an answer, in bytes. */
    private long ahead;

    int pending() {
        return pending;
    }

    boolean isInBody() {
        return inBody;
    }

    boolean isInHead() {
        return inHead;
    }

    boolean isAnswering() {
        return answering;
    }

    /** Whether the next answer is to a request that is not complete. */
    boolean isUnfinished() {
        return inBody && pending == 1;
    }

    /** @return false when the client has sent more than so many bytes while it waits for an answer */
    boolean receive(int bytes, long mostAhead) {
        ahead = pending == 0 || isUnfinished() ? 0 : ahead + bytes;
        if (ahead > mostAhead) {
            return false;
        }
        inHead |= !inBody;
        return true;
    }

    /** @return whether a head or a whole request has come with it */
    boolean count(HttpObject object) {
        if (object instanceof HttpRequest) {
            pending++;
            inBody = true;
            inHead = false;
        }
        if (object instanceof LastHttpContent) {
            inBody = false;
            return true;
        }
        return object instanceof HttpRequest;
    }

    void answerBegins() {
        answering = true;
    }

    void answerEnds() {
        pending--;
        answering = false;
    }
}
