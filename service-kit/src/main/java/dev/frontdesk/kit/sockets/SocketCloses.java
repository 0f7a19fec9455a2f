package dev.frontdesk.kit.sockets;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/** How a socket is closed, and the codes of one that exceeded a limit. Codes from 4000 on are our own (RFC 6455, section 7.4.2). */
public final class SocketCloses {

    /** The peer does not read, or does not answer pings: it should reconnect with the last seq that it received. */
    public static final CloseStatus TOO_SLOW = new CloseStatus(4408, "too slow");

    /** The peer exceeded its limit of frames, bytes or sockets: it should slow down. */
    public static final CloseStatus TOO_MANY = new CloseStatus(4429, "too many");

    /** One message is too long, in any number of fragments. */
    public static final CloseStatus TOO_LONG = CloseStatus.TOO_BIG_TO_PROCESS.withReason("message too long");

    private SocketCloses() {}

    /**
     * Sends a close frame, unless the connection is closed already: Reactor Netty would make the frame, fail, and never
     * release it.
     */
    public static Mono<Void> close(WebSocketSession session, CloseStatus status) {
        return Mono.defer(() -> session.isOpen() ? session.close(status) : Mono.empty());
    }
}
