package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Frame;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One open socket, from its first frame to the reason that it closes for. */
final class Socket {

    private static final Logger log = LoggerFactory.getLogger(Socket.class);

    private final WebSocketSession session;
    private final Channel channel;
    private final TicketHolder holder;
    private final RealtimeProperties properties;

    private final Sinks.One<CloseStatus> ending = Sinks.one();
    private volatile long heardAt = System.nanoTime();
    private volatile boolean isClosing;

    Socket(WebSocketSession session, Channel channel, TicketHolder holder, RealtimeProperties properties) {
        this.session = session;
        this.channel = channel;
        this.holder = holder;
        this.properties = properties;
    }

    UUID sessionId() {
        return holder.sessionId();
    }

    /** Closes it; the first reason counts. */
    void end(CloseStatus status) {
        if (ending.tryEmitValue(status).isSuccess()) {
            log.debug("A socket is closed with {}", status.getCode());
        }
    }

    /** Sends these frames and ends when the socket is closed, by whichever side. */
    Mono<Void> run(Flux<Frame> frames) {
        Mono<Void> sending =
                session.send(outbound(frames)).onErrorResume(Socket::broken).then(Mono.never());
        Mono<Void> receiving = session.receive().doOnNext(this::heard).then().onErrorResume(Socket::broken);
        Mono<Void> closing = ending.asMono().flatMap(this::close);
        return Mono.firstWithSignal(sending, receiving.then(Mono.defer(this::unlessClosing)), closing);
    }

    /** Messages are made last, because each holds a buffer that somebody has to release. */
    private Flux<WebSocketMessage> outbound(Flux<Frame> frames) {
        Flux<String> texts = frames.map(Frame::json).onErrorResume(error -> {
            log.debug("A socket has nothing more to send: {}", error.toString());
            end(Closing.TRY_AGAIN_LATER);
            return Flux.never();
        });
        return Flux.merge(texts, pings())
                .map(text -> text.isEmpty()
                        ? session.pingMessage(buffers -> buffers.wrap(new byte[0]))
                        : session.textMessage(text));
    }

    private Flux<String> pings() {
        return Flux.interval(properties.pingInterval())
                .doOnNext(_ -> dropIfSilent())
                .onBackpressureDrop()
                .map(_ -> "");
    }

    private void dropIfSilent() {
        Duration silent = Duration.ofNanos(System.nanoTime() - heardAt);
        if (silent.compareTo(properties.pingInterval().multipliedBy(2)) > 0) {
            channel.close();
        }
    }

    /** Clients have nothing to say yet but that they are there. */
    private void heard(WebSocketMessage message) {
        heardAt = System.nanoTime();
        switch (message.getType()) {
            case TEXT -> end(Closing.NOT_UNDERSTOOD);
            case BINARY -> end(Closing.NO_BINARY);
            case PING, PONG -> {}
        }
    }

    /** The peer is gone without a word, and the receiving ends, too. */
    private static Mono<Void> broken(Throwable error) {
        log.debug("A socket broke: {}", error.toString());
        return Mono.empty();
    }

    /** Sending a close frame ends the receiving; if that ended the socket, the frame would be dropped half way. */
    private Mono<Void> unlessClosing() {
        return isClosing ? Mono.never() : Mono.empty();
    }

    /** A peer that reads nothing does not read the close frame either. */
    private Mono<Void> close(CloseStatus status) {
        isClosing = true;
        return session.close(status).timeout(properties.closeWithin()).onErrorResume(_ -> {
            channel.close();
            return Mono.empty();
        });
    }
}
