package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.sockets.SocketCloses;
import org.springframework.web.reactive.socket.CloseStatus;

/**
 * The reasons for closing a socket: codes of RFC 6455, 7.4, and our own codes from 4000 on. Clients may branch on the
 * code.
 */
final class CloseReason {

    /** The ticket is unknown, used or expired, or the session is over: get a new ticket, or log in again. */
    static final CloseStatus UNAUTHENTICATED = new CloseStatus(4401, "unauthenticated");

    /** The tenant is suspended or deleted: an operator can tell more. */
    static final CloseStatus TENANT_CLOSED = new CloseStatus(4403, "tenant suspended");

    /** The request or a message was not understood: do not repeat it. */
    static final CloseStatus NOT_UNDERSTOOD = new CloseStatus(4400, "not understood");

    /** The client did not read fast enough, or did not answer pings: reconnect with the last seq that was received. */
    static final CloseStatus TOO_SLOW = SocketCloses.TOO_SLOW;

    /** The account has too many sockets on this instance: close one, or share one. */
    static final CloseStatus TOO_MANY = SocketCloses.TOO_MANY;

    static final CloseStatus NO_BINARY = CloseStatus.NOT_ACCEPTABLE;
    static final CloseStatus TRY_AGAIN_LATER = CloseStatus.SERVICE_OVERLOAD;
    static final CloseStatus OUR_MISTAKE = CloseStatus.SERVER_ERROR;

    private CloseReason() {}
}
