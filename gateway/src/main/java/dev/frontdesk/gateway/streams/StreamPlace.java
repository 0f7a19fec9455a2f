package dev.frontdesk.gateway.streams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The place of one request among the open sockets and event streams. It is taken when the request turns out to be one of them,
 * at most once, and given back when everything that holds it has ended, however that ends.
 */
public final class StreamPlace {

    private static final String ATTRIBUTE = StreamPlace.class.getName();

    private final StreamBound bound;
    private final Object key;
    private int holders;
    private boolean taken;

    StreamPlace(StreamBound bound, Object key) {
        this.bound = bound;
        this.key = key;
    }

    /**
     * Takes the place of this request.
     *
     * @throws dev.frontdesk.kit.web.ProblemException 429 or 503
     */
    public static void take(ServerWebExchange exchange) {
        StreamPlace place = exchange.getAttribute(ATTRIBUTE);
        if (place != null) {
            place.take();
        }
    }

    /** Holds the place of this request also while the call goes on. */
    public static Mono<Void> heldBy(ServerWebExchange exchange, Mono<Void> call) {
        StreamPlace place = exchange.getAttribute(ATTRIBUTE);
        return place == null ? call : place.heldBy(call);
    }

    /** Makes it the place of this request. */
    public Mono<Void> of(ServerWebExchange exchange, Mono<Void> request) {
        exchange.getAttributes().put(ATTRIBUTE, this);
        return heldBy(request);
    }

    /** @throws dev.frontdesk.kit.web.ProblemException 429 or 503, as {@link #take(ServerWebExchange)} would */
    public void requireRoom() {
        bound.requireRoom(key);
    }

    /** The call, for which this place is taken if it lasts, also if there is no room. */
    public Mono<Void> takenAfter(Duration after, Mono<Void> call) {
        return Mono.defer(() -> {
            Disposable later =
                    Schedulers.parallel().schedule(this::takeAnyway, after.toMillis(), TimeUnit.MILLISECONDS);
            return heldBy(call).doFinally(_ -> later.dispose());
        });
    }

    private synchronized void takeAnyway() {
        if (!taken && holders > 0) {
            bound.takeAnyway(key);
            taken = true;
        }
    }

    private Mono<Void> heldBy(Mono<Void> call) {
        return Mono.defer(() -> {
            hold();
            return call.doFinally(_ -> letGo());
        });
    }

    private synchronized void take() {
        // Nothing would give it back after the end of the request.
        if (!taken && holders > 0) {
            bound.take(key);
            taken = true;
        }
    }

    private synchronized void hold() {
        holders++;
    }

    private synchronized void letGo() {
        holders--;
        if (holders == 0 && taken) {
            taken = false;
            bound.giveBack(key);
        }
    }
}
