package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.sockets.SocketCloses;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.notifications.Frame;
import dev.frontdesk.notification.notifications.Recipient;
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

/** One open socket, from its first frame until it is closed. */
final class Socket {

    private static final Logger log = LoggerFactory.getLogger(Socket.class);

    /** Represents the protocol's own ping; no text frame of ours is empty. */
    private static final String PROTOCOL_PING = "";

    private final WebSocketSession session;
    private final Channel channel;
    private final TicketHolder holder;
    private final ClientMessages messages;
    private final RealtimeProperties properties;

    /** Pongs to send. Only the newest one waits; it replaces an earlier one that could not be sent yet. */
    private final Sinks.Many<String> answers = Sinks.many().multicast().directBestEffort();

    private final Sinks.One<CloseStatus> ending = Sinks.one();
    private volatile long heardAt = System.nanoTime();
    private volatile boolean isClosing;

    Socket(
            WebSocketSession session,
            Channel channel,
            TicketHolder holder,
            ClientMessages messages,
            RealtimeProperties properties) {
        this.session = session;
        this.channel = channel;
        this.holder = holder;
        this.messages = messages;
        this.properties = properties;
    }

    UUID sessionId() {
        return holder.sessionId();
    }

    Recipient recipient() {
        return holder.recipient();
    }

    /** Closes the socket; only the first reason is used. */
    void end(CloseStatus status) {
        if (ending.tryEmitValue(status).isSuccess()) {
            log.debug("WebSocket closed with {}", status.getCode());
        }
    }

    /** Sends these frames. Completes when the socket is closed by either side. */
    Mono<Void> run(Flux<Frame> frames) {
        Mono<Void> sending = texts(frames)
                // Sends one text after the other: with a stream, Reactor Netty queues 128 of them for a client that
                // does not read.
                .concatMap(this::send, 0)
                .then()
                .onErrorResume(Socket::broken)
                .then(Mono.never());
        Mono<Void> receiving = session.receive().doOnNext(this::heard).then().onErrorResume(Socket::broken);
        Mono<Void> closing = ending.asMono().flatMap(this::close);
        return Mono.firstWithSignal(sending, receiving.then(Mono.defer(this::unlessClosing)), closing);
    }

    private Flux<String> texts(Flux<Frame> frames) {
        Flux<String> notifications = frames.map(Frame::json).onErrorResume(error -> {
            log.debug("Live frames of a WebSocket failed: {}", error.toString());
            end(CloseReason.TRY_AGAIN_LATER);
            return Flux.never();
        });
        Flux<String> pongs = answers.asFlux().onBackpressureLatest();
        return Flux.merge(1, notifications, pings(), pongs);
    }

    private Mono<Void> send(String text) {
        return session.send(Mono.fromSupplier(() -> text.isEmpty()
                ? session.pingMessage(buffers -> buffers.wrap(new byte[0]))
                : session.textMessage(text)));
    }

    private Flux<String> pings() {
        return Flux.interval(properties.pingInterval())
                .doOnNext(_ -> endIfSilent())
                .onBackpressureDrop()
                .map(_ -> PROTOCOL_PING);
    }

    private void endIfSilent() {
        Duration silent = Duration.ofNanos(System.nanoTime() - heardAt);
        if (silent.compareTo(properties.pingInterval().multipliedBy(2)) > 0) {
            end(CloseReason.TOO_SLOW);
        }
    }

    /** Clients send nothing but pings and pongs. */
    private void heard(WebSocketMessage message) {
        heardAt = System.nanoTime();
        switch (message.getType()) {
            case TEXT -> answer(message.getPayloadAsText());
            case BINARY -> end(CloseReason.NO_BINARY);
            // Pings are answered elsewhere, where it is known whether the client reads.
            case PING, PONG -> {}
        }
    }

    private void answer(String text) {
        if (messages.isPing(text)) {
            answers.tryEmitNext(ClientMessages.PONG);
        } else {
            end(CloseReason.NOT_UNDERSTOOD);
        }
    }

    /** The connection was lost without a close frame; the receiving ends, too. */
    private static Mono<Void> broken(Throwable error) {
        return TraceLog.line(() -> log.debug("WebSocket connection failed: {}", error.toString()));
    }

    /**
     * Sending a close frame ends the receiving. That must not end the socket, or the close frame would not be sent
     * completely.
     */
    private Mono<Void> unlessClosing() {
        return isClosing ? Mono.never() : Mono.empty();
    }

    /** A client that does not read does not read the close frame either, so the channel is closed after a timeout. */
    private Mono<Void> close(CloseStatus status) {
        isClosing = true;
        return SocketCloses.close(session, status)
                .timeout(properties.closeWithin())
                .onErrorResume(_ -> {
                    channel.close();
                    return Mono.empty();
                });
    }
}
