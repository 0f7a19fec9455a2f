package dev.frontdesk.kit.connections;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/** Tracks the progress of a connection's requests and their responses. */
final class RequestProgress {

    /** Requests whose response is not complete, including the one that is being received. */
    private int pending;

    /** The body of the latest request is not complete. */
    private boolean inBody;

    /** Part of a request's head has arrived, but not all of it. */
    private boolean inHead;

    /** The response to the oldest request has begun. */
    private boolean answering;

    /** Bytes received while the client waits for a response. */
    private long ahead;

    /** Bytes received since the last answer of {@link #hasMoved}, or since the body began. */
    private long moved;

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

    /** Whether the next response belongs to a request that is not complete. */
    boolean isUnfinished() {
        return inBody && pending == 1;
    }

    /** @return false when the client has sent more than {@code mostAhead} bytes while it waits for a response */
    boolean receive(int bytes, long mostAhead) {
        ahead = pending == 0 || isUnfinished() ? 0 : ahead + bytes;
        if (ahead > mostAhead) {
            return false;
        }
        inHead |= !inBody;
        moved += bytes;
        return true;
    }

    /** @return whether a request's head or its end has arrived */
    boolean count(HttpObject object) {
        if (object instanceof HttpRequest) {
            pending++;
            inBody = true;
            inHead = false;
            moved = 0;
        }
        if (object instanceof LastHttpContent) {
            inBody = false;
            return true;
        }
        return object instanceof HttpRequest;
    }

    /** Whether the body has made progress since this was last asked, or since it began. */
    boolean hasMoved() {
        boolean has = moved >= ConnectionProperties.PROGRESS;
        moved = 0;
        return has;
    }

    void answerBegins() {
        answering = true;
    }

    void answerEnds() {
        pending--;
        answering = false;
    }
}
