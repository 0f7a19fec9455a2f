package dev.frontdesk.kit.sockets;

import org.springframework.web.reactive.socket.CloseStatus;

/** Why a socket is closed that broke a bound. Codes from 4000 on are our own (RFC 6455, section 7.4.2). */
public final class SocketCloses {

    /** The peer does not read, or does not answer pings: come back with the last seq that was seen. */
    public static final CloseStatus TOO_SLOW = new CloseStatus(4408, "too slow");

    /** More frames, bytes or sockets than one peer may have: slow down. */
    public static final CloseStatus TOO_MANY = new CloseStatus(4429, "too many");

    /** One message is longer than it may be, in however many fragments. */
    public static final CloseStatus TOO_LONG = CloseStatus.TOO_BIG_TO_PROCESS.withReason("message too long");

    private SocketCloses() {}
}
