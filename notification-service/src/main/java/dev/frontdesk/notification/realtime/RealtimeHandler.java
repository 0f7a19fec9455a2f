package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.sockets.GuardedUpgrade;
import dev.frontdesk.kit.sockets.SocketCloses;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.notification.notifications.Frame;
import dev.frontdesk.notification.notifications.Frames;
import dev.frontdesk.notification.notifications.Notifications;
import dev.frontdesk.notification.notifications.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code /ws?ticket=…&last_seq=…}. The upgrade is done before this runs, so every refusal is a close code. */
@Component
class RealtimeHandler implements WebSocketHandler {

    private static final Logger log = LoggerFactory.getLogger(RealtimeHandler.class);
    private static final int LONGEST_SEQ = 18;

    private final Tickets tickets;
    private final RevokedSessions revoked;
    private final ClosedTenants closedTenants;
    private final Sockets sockets;
    private final LiveChannels channels;
    private final Notifications notifications;
    private final Frames frames;
    private final ClientMessages messages;
    private final RealtimeProperties properties;

    RealtimeHandler(
            Tickets tickets,
            RevokedSessions revoked,
            ClosedTenants closedTenants,
            Sockets sockets,
            LiveChannels channels,
            Notifications notifications,
            Frames frames,
            ClientMessages messages,
            RealtimeProperties properties) {
        this.tickets = tickets;
        this.revoked = revoked;
        this.closedTenants = closedTenants;
        this.sockets = sockets;
        this.channels = channels;
        this.notifications = notifications;
        this.frames = frames;
        this.messages = messages;
        this.properties = properties;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        MultiValueMap<String, String> query = UriComponentsBuilder.fromUri(
                        session.getHandshakeInfo().getUri())
                .build()
                .getQueryParams();
        Optional<OptionalLong> lastSeq = lastSeq(query.getFirst("last_seq"));
        if (lastSeq.isEmpty()) {
            return SocketCloses.close(session, CloseReason.NOT_UNDERSTOOD);
        }
        return holder(query.getFirst("ticket"))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(holder -> holder.isEmpty()
                        ? SocketCloses.close(session, CloseReason.UNAUTHENTICATED)
                        : serve(session, holder.get(), lastSeq.get()))
                .onErrorResume(error -> Mono.deferContextual(
                        context -> SocketCloses.close(session, TraceLog.call(context, () -> refusal(error)))));
    }

    private Mono<TicketHolder> holder(@Nullable String text) {
        return Mono.justOrEmpty(text)
                .flatMap(given -> Mono.justOrEmpty(Ticket.parse(given)))
                .flatMap(tickets::redeem);
    }

    private Mono<Void> serve(WebSocketSession session, TicketHolder holder, OptionalLong lastSeq) {
        var socket = new Socket(session, GuardedUpgrade.channelOf(session), holder, messages, properties);
        sockets.add(socket);
        if (revoked.contains(holder.sessionId())) {
            socket.end(CloseReason.UNAUTHENTICATED);
        }
        Mono<Void> served = closedTenants
                .contains(holder.recipient().tenant())
                .doOnNext(closed -> {
                    if (closed) {
                        socket.end(CloseReason.TENANT_CLOSED);
                    }
                })
                .then(Mono.defer(() -> frames(socket, holder, lastSeq)));
        return Mono.firstWithSignal(served, sockets.ageing(socket)).doFinally(_ -> sockets.remove(socket));
    }

    private Mono<Void> frames(Socket socket, TicketHolder holder, OptionalLong lastSeq) {
        Flux<ChannelSignal> signals = backlog(socket).of(channels.listen(holder.recipient()));
        return socket.run(new GaplessFeed(history(holder.recipient()), lastSeq).frames(signals));
    }

    private FrameBuffer backlog(Socket socket) {
        return new FrameBuffer(
                properties.queue(), properties.queueSize().toBytes(), () -> socket.end(CloseReason.TOO_SLOW));
    }

    private GaplessFeed.History history(Recipient recipient) {
        return new GaplessFeed.History() {
            @Override
            public Mono<List<Frame>> after(long seq) {
                return notifications
                        .after(recipient, seq, GaplessFeed.PAGE)
                        .map(page -> page.stream().map(frames::of).toList());
            }

            @Override
            public Mono<Long> last() {
                return notifications.last(recipient);
            }
        };
    }

    private static CloseStatus refusal(Throwable error) {
        if (Outages.isBehind(error)) {
            log.warn("WebSocket refused, a dependency is unavailable: {}", error.toString());
            return CloseReason.TRY_AGAIN_LATER;
        }
        log.error("WebSocket could not be opened", error);
        return CloseReason.OUR_MISTAKE;
    }

    /** Empty when the text is not a number of 0 or more. */
    private static Optional<OptionalLong> lastSeq(@Nullable String text) {
        if (text == null) {
            return Optional.of(OptionalLong.empty());
        }
        boolean number =
                !text.isEmpty() && text.length() <= LONGEST_SEQ && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(OptionalLong.of(Long.parseLong(text))) : Optional.empty();
    }
}
