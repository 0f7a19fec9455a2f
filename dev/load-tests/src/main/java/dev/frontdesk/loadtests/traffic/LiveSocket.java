package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.http.Frontdesk;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A socket that reconnects when the server asks for it (1012), with the last seq that it received. A gap, a repetition
 * or any other close is a failure.
 */
final class LiveSocket {

    private static final int SERVICE_RESTART = 1012;
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final Frontdesk frontdesk;
    private final String token;
    private final Phase phase;
    private final AtomicInteger reconnects;
    private volatile long lastSeq;
    private volatile Duration comeBackAfter = Duration.ZERO;
    private volatile boolean leaving;

    LiveSocket(Frontdesk frontdesk, String token, Phase phase, AtomicInteger reconnects) {
        this.frontdesk = frontdesk;
        this.token = token;
        this.phase = phase;
        this.reconnects = reconnects;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** From now on the close of the socket is intended. */
    void leave() {
        leaving = true;
    }

    /** Until it is cancelled. */
    Mono<Void> live() {
        return Mono.defer(this::openOnce)
                .then(Mono.defer(() -> Mono.delay(comeBackAfter)))
                .repeat()
                .then();
    }

    private Mono<Void> openOnce() {
        comeBackAfter = AFTER_A_FAILURE;
        return phase.counted("ticket", frontdesk.ticket(token))
                .flatMap(ticket -> frontdesk
                        .socket("ticket=" + ticket + (lastSeq == 0 ? "" : "&last_seq=" + lastSeq))
                        .handle((in, _) -> listen(in))
                        .then())
                .onErrorResume(error -> {
                    if (!leaving) {
                        phase.failed("socket: " + error);
                    }
                    return Mono.empty();
                });
    }

    private Mono<Void> listen(WebsocketInbound in) {
        Mono<Void> frames = in.aggregateFrames()
                .receive()
                .asString()
                .map(JsonMapper.shared()::readTree)
                .doOnNext(this::take)
                .then();
        Mono<Void> end = in.receiveCloseStatus()
                .doOnNext(status -> ended(status.code(), status.reasonText()))
                .then();
        return Mono.when(frames, end);
    }

    private void take(JsonNode frame) {
        if (frame.path("type").asString("").equals("notification")) {
            count(frame.path("seq").asLong());
        } else {
            phase.failed("socket: unknown frame " + frame.path("type"));
        }
    }

    private void count(long seq) {
        if (lastSeq != 0 && seq != lastSeq + 1) {
            phase.failed("socket: seq " + (seq > lastSeq ? "lost" : "repeated"));
        }
        lastSeq = seq;
    }

    private void ended(int code, String reason) {
        if (leaving) {
            return;
        }
        if (code == SERVICE_RESTART) {
            reconnects.incrementAndGet();
            JsonNode hint = JsonMapper.shared().readTree(reason);
            comeBackAfter = Duration.ofMillis(hint.path("reconnect_after_ms").asLong());
        } else {
            phase.failed("socket: closed with " + code + " " + reason);
        }
    }
}
