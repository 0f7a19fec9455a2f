package dev.frontdesk.gateway.websocket;

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
 * One side of a relayed socket. Its frames are taken from the moment it is open, a few ahead of whoever reads them:
 * Reactor Netty drops what nobody has asked for yet when the socket closes, and closes the socket without a code when
 * somebody stops asking.
 */
final class RelaySide {

    private static final int FRAMES_AHEAD = 16;

    private final WebSocketSession session;
    private final CloseStatus ifUnreadable;
    private final CloseStatus ifSilent;
    private final Frames frames = new Frames();

    /**
     * @param ifUnreadable how both sides are closed when this one sends what is no WebSocket
     * @param ifSilent what the other side is told when this one goes away without a word
     */
    RelaySide(WebSocketSession session, CloseStatus ifUnreadable, CloseStatus ifSilent) {
        this.session = session;
        this.ifUnreadable = ifUnreadable;
        this.ifSilent = ifSilent;
        session.receive().subscribe(frames);
    }

    /** Ends when this side has ended, and the other one with it. */
    Mono<Void> carryTo(RelaySide other) {
        return frames.taken()
                // One after the other: sent as a stream, Reactor Netty queues 128 of them for a peer that reads
                // nothing.
                .concatMap(other::send, 0)
                // The other side is gone, and will end this one.
                .onErrorComplete()
                .then(closeStatus().flatMap(other::close));
    }

    private Mono<Void> send(WebSocketMessage message) {
        return session.send(Mono.just(message));
    }

    Mono<Void> close(CloseStatus status) {
        return session.close(status).onErrorComplete();
    }

    /** Lets go of frames that nobody will read. */
    void abandon() {
        frames.abandon();
    }

    private Mono<CloseStatus> closeStatus() {
        return session.closeStatus()
                .map(status -> CloseCodes.passedOn(status, ifSilent))
                // A code that no CloseStatus can hold.
                .onErrorReturn(ifSilent)
                .defaultIfEmpty(ifSilent);
    }

    private final class Frames extends BaseSubscriber<WebSocketMessage> {

        private final Sinks.Many<WebSocketMessage> taken =
                Sinks.many().unicast().onBackpressureBuffer();

        Flux<WebSocketMessage> taken() {
            return taken.asFlux()
                    .doOnNext(_ -> request(1))
                    .doOnDiscard(WebSocketMessage.class, WebSocketMessage::release);
        }

        void abandon() {
            taken().take(0).subscribe();
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(FRAMES_AHEAD);
        }

        @Override
        protected void hookOnNext(WebSocketMessage message) {
            if (taken.tryEmitNext(message.retain()).isFailure()) {
                message.release();
            }
        }

        @Override
        protected void hookOnComplete() {
            taken.tryEmitComplete();
        }

        /** Reactor Netty leaves a connection open from which nothing can be read any more. */
        @Override
        protected void hookOnError(Throwable error) {
            taken.tryEmitComplete();
            if (error instanceof DecoderException) {
                close(ifUnreadable).subscribe();
            }
        }
    }
}
