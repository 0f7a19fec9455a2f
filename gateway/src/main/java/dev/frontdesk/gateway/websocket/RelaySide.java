package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.sockets.SocketCloses;
import io.netty.handler.codec.DecoderException;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One side of a relayed socket. Reads frames from the moment the socket is open, a few ahead of the reader on the other
 * side: Reactor Netty drops frames that were not requested yet when the socket closes, and closes the socket without a
 * code when its subscriber cancels.
 */
final class RelaySide {

    private static final int FRAMES_AHEAD = 16;

    /** A frame is only asked for while there are fewer. */
    private static final int BYTES_AHEAD = 256 * 1024;

    private final WebSocketSession session;
    private final CloseStatus ifUnreadable;
    private final CloseStatus ifSilent;
    private final Frames frames = new Frames();

    /**
     * @param ifUnreadable the status that closes both sides when this side sends data that is not WebSocket
     * @param ifSilent the status for the other side when this side disappears without a close frame
     */
    RelaySide(WebSocketSession session, CloseStatus ifUnreadable, CloseStatus ifSilent) {
        this.session = session;
        this.ifUnreadable = ifUnreadable;
        this.ifSilent = ifSilent;
        session.receive().subscribe(frames);
    }

    /** Completes when this side has ended and the other side has been closed. */
    Mono<Void> carryTo(RelaySide other) {
        return frames.taken()
                // One after the other: if they were sent as a stream, Reactor Netty would queue 128 of them for a peer
                // that reads nothing.
                .concatMap(other::send, 0)
                // The other side is gone and will end this side.
                .onErrorComplete()
                .then(closeStatus().flatMap(other::close));
    }

    private Mono<Void> send(WebSocketMessage message) {
        return session.send(Mono.just(message));
    }

    Mono<Void> close(CloseStatus status) {
        return SocketCloses.close(session, status).onErrorComplete();
    }

    /** Releases frames that will never be read. */
    void abandon() {
        frames.abandon();
    }

    private Mono<CloseStatus> closeStatus() {
        return session.closeStatus()
                .map(status -> CloseCodes.passedOn(status, ifSilent))
                // The code is one that CloseStatus cannot hold.
                .onErrorReturn(ifSilent)
                .defaultIfEmpty(ifSilent);
    }

    private final class Frames extends BaseSubscriber<WebSocketMessage> {

        private final Sinks.Many<WebSocketMessage> taken =
                Sinks.many().unicast().onBackpressureBuffer();
        private int ahead;
        private long bytesAhead;
        private boolean asked;

        Flux<WebSocketMessage> taken() {
            return taken.asFlux()
                    .doOnNext(this::noLongerAhead)
                    .doOnDiscard(WebSocketMessage.class, WebSocketMessage::release);
        }

        void abandon() {
            taken().subscribe(new BaseSubscriber<>() {

                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    // Discards what waits; take(0) would not even subscribe.
                    cancel();
                }
            });
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            askForMore();
        }

        private synchronized void isAhead(WebSocketMessage message) {
            asked = false;
            ahead++;
            bytesAhead += message.getPayload().readableByteCount();
        }

        private void noLongerAhead(WebSocketMessage message) {
            synchronized (this) {
                ahead--;
                bytesAhead -= message.getPayload().readableByteCount();
            }
            askForMore();
        }

        private void askForMore() {
            synchronized (this) {
                if (asked || ahead >= FRAMES_AHEAD || bytesAhead >= BYTES_AHEAD) {
                    return;
                }
                asked = true;
            }
            request(1);
        }

        @Override
        protected void hookOnNext(WebSocketMessage message) {
            isAhead(message);
            if (taken.tryEmitNext(message.retain()).isFailure()) {
                message.release();
            }
            askForMore();
        }

        @Override
        protected void hookOnComplete() {
            taken.tryEmitComplete();
        }

        /**
         * Closes the socket explicitly: Reactor Netty leaves the connection open even if nothing can be read from it
         * any more.
         */
        @Override
        protected void hookOnError(Throwable error) {
            taken.tryEmitComplete();
            if (error instanceof DecoderException) {
                close(ifUnreadable).subscribe();
            }
        }
    }
}
