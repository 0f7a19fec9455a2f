package dev.frontdesk.loadtests.overload;

import dev.frontdesk.localstack.servers.FreePorts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A service that answers a limited number of requests a second, each after 40 ms, and lets all others wait in a queue without
 * a bound; or, when it is fast, all of them at once.
 */
final class SlowService implements AutoCloseable {

    private static final long TAKES = Duration.ofMillis(40).toNanos();
    private static final String ANSWER = "{\"soup\":\"lentil\"}";

    private final int port = FreePorts.next();
    private final AtomicLong free = new AtomicLong(System.nanoTime());
    private final DisposableServer server;
    private volatile long interval;

    SlowService() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((_, response) ->
                        response.header("Content-Type", "application/json").sendString(answer()))
                .bindNow();
    }

    int port() {
        return port;
    }

    /** @param rate requests a second */
    void limitTo(double rate) {
        free.set(System.nanoTime());
        interval = (long) (1e9 / rate);
    }

    private Mono<String> answer() {
        long each = interval;
        if (each == 0) {
            return Mono.just(ANSWER);
        }
        long now = System.nanoTime();
        long begins = free.accumulateAndGet(each, (next, more) -> Math.max(next, now) + more);
        return Mono.delay(Duration.ofNanos(begins - now + TAKES)).thenReturn(ANSWER);
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
