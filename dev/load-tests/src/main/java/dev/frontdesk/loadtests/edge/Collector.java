package dev.frontdesk.loadtests.edge;

import java.util.concurrent.atomic.AtomicLong;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Receives spans as OTLP over HTTP, as a collector does, and counts them. */
final class Collector implements AutoCloseable {

    private final AtomicLong spans = new AtomicLong();
    private final DisposableServer server;

    Collector() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                        "/v1/traces",
                        (request, response) -> request.receive()
                                .aggregate()
                                .doOnNext(body -> spans.addAndGet(Spans.count(body)))
                                .then(response.header("Content-Type", "application/x-protobuf")
                                        .send()
                                        .then())))
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/v1/traces";
    }

    long spans() {
        return spans.get();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
