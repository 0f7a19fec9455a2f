package dev.frontdesk.loadtests.sessions;

import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Target;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * Ends sessions at one gateway and session-service, and measures when the other gateway, which had the session in its
 * cache, refuses its token, and when the session's socket there is closed. Times start when the request to end the
 * session is sent, so they include its processing.
 */
final class Revocations {

    /** Much longer than the gateway caches a session. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int REVOKED = 4401;

    private final Frontdesk here;
    private final Frontdesk there;
    private final Browser route;

    final Tally answered = new Tally();
    final Tally refused = new Tally();
    final Tally closed = new Tally();

    Revocations(Installation installation) {
        String operator = installation.secret(Secrets.OPERATOR_KEY);
        this.here = new Frontdesk(new Target(installation.url(Part.GATEWAY), "", operator));
        this.there = new Frontdesk(new Target(installation.urlOfTwin(Part.GATEWAY), "", operator));
        this.route = new Browser(installation.urlOfTwin(Part.GATEWAY));
    }

    /** One session after the other. */
    void measure(int number) {
        for (int i = 0; i < number; i++) {
            try {
                one("revoked-" + i % 20 + "@example.org").block(PATIENCE);
            } catch (RuntimeException failed) {
                answered.failed("revocation: " + failed);
            }
        }
    }

    private Mono<Void> one(String email) {
        return here.logIn(email, "any that is long enough")
                .flatMap(token -> there.ticket(token).flatMap(ticket -> {
                    var listening = Sinks.<Void>empty();
                    var sent = new AtomicLong();
                    Mono<Void> socket = there.socket("ticket=" + ticket)
                            .handle((in, _) -> listen(in, listening, sent))
                            .then();
                    Mono<Void> ending = listening
                            .asMono()
                            .then(accepted(token).filter(known -> known).single())
                            .then(Mono.defer(() -> {
                                sent.set(System.nanoTime());
                                return Mono.when(
                                        here.logOut(token).doOnSuccess(_ -> answered.answered(since(sent))),
                                        refusal(token, sent));
                            }));
                    return Mono.when(socket, ending);
                }));
    }

    private Mono<Void> listen(WebsocketInbound in, Sinks.Empty<Void> listening, AtomicLong sent) {
        Mono<Void> end = in.receiveCloseStatus()
                .doOnNext(status -> {
                    if (status.code() == REVOKED) {
                        closed.answered(since(sent));
                    } else {
                        closed.failed("socket closed with " + status.code());
                    }
                })
                .then();
        // The frames must be read, or the last one is never reached.
        return Mono.when(in.receive().then(), end, Mono.fromRunnable(listening::tryEmitEmpty));
    }

    /** Repeats the request until it is refused. */
    private Mono<Void> refusal(String token, AtomicLong sent) {
        return accepted(token)
                .repeat()
                .takeUntil(known -> !known)
                .then()
                .doOnSuccess(_ -> refused.answered(since(sent)));
    }

    private Mono<Boolean> accepted(String token) {
        return route.get("/api/v1/cache/load/x", Map.of("Authorization", "Bearer " + token))
                .map(answer -> switch (answer.status()) {
                    case 200 -> true;
                    case 401 -> false;
                    default -> throw new IllegalStateException("the other gateway answered " + answer.status());
                });
    }

    private static Duration since(AtomicLong sent) {
        return Duration.ofNanos(System.nanoTime() - sent.get());
    }
}
