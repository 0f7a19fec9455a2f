package dev.frontdesk.gateway.backends;

import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.contracts.tenants.TenantPage;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * A real HTTP server instead of a service. The services themselves can neither show which headers reached them nor
 * respond late, wrongly or not at all on demand. The end-to-end tests check that they and the gateway fit together.
 */
public final class Backend {

    private static final Answer HEALTHY =
            Answer.json(200, "{\"status\":\"healthy\",\"version\":\"1\",\"parts\":{},\"newer\":\"field\"}");
    /** The tenants that tests use, as registration-service tells them. */
    private static final Answer TENANTS = Answer.json(
            200,
            Stream.of("default", "acme", "other", "small")
                    .map(
                            "{\"id\":\"%s\",\"version\":1,\"status\":\"active\",\"plan\":\"standard\",\"quotas\":{},\"allowed_origins\":[]}"
                                    ::formatted)
                    .collect(Collectors.joining(",", "{\"tenants\":[", "],\"newer\":\"field\"}")));

    private static final Answer FINE = Answer.json(200, "{\"fine\":true}");

    private final StoredDocuments documents = new StoredDocuments();
    private final List<ReceivedRequest> seen = new CopyOnWriteArrayList<>();
    private volatile Function<ReceivedRequest, Mono<Answer>> answers = _ -> Mono.just(FINE);
    private volatile Function<ReceivedRequest, Mono<Answer>> health = _ -> Mono.just(HEALTHY);
    private volatile Function<ReceivedRequest, Mono<Answer>> tenants = _ -> Mono.just(TENANTS);
    private volatile @Nullable Answer documentsFailure;
    private volatile @Nullable BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> sockets;
    private DefaultChannelGroup connections = newGroup();
    private DisposableServer server;

    public Backend() {
        server = bind(0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public void answers(Answer answer) {
        answers = _ -> Mono.just(answer);
    }

    public void answers(Function<ReceivedRequest, Mono<Answer>> how) {
        answers = how;
    }

    /** Accepts every WebSocket from now on. */
    public void opensSockets(BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> handler) {
        sockets = handler;
    }

    public List<ReceivedRequest> seen() {
        return List.copyOf(seen);
    }

    public ReceivedRequest seenLast() {
        return seen.getLast();
    }

    /** A document that gateways share, as they have stored it. */
    public GatewayDocument document(String name) {
        return documents.latest(name);
    }

    /** As if its database had been restored: without the versions before and after this one. */
    public void restoreDocument(GatewayDocument document) {
        documents.store(document);
    }

    public void loseDocuments() {
        documents.loseAll();
    }

    /** Answers so to whatever is asked about documents, as if its database were away. */
    public void failsWithDocuments(Answer answer) {
        documentsFailure = answer;
    }

    /** Stops the server and closes its connections. */
    public void stop() {
        connections.close().awaitUninterruptibly();
        server.disposeNow(Duration.ofSeconds(5));
    }

    /** Starts it again on the same port. */
    public void start() {
        connections = newGroup();
        server = bind(server.port());
    }

    /** Sets the response to the gateway's health checks; other requests are recorded and answered as before. */
    public void isHealthy(Function<ReceivedRequest, Mono<Answer>> how) {
        health = how;
    }

    /** Sets the response to a gateway that reads the tenants; other requests are recorded and answered as before. */
    public void tellsTenants(Function<ReceivedRequest, Mono<Answer>> how) {
        tenants = how;
    }

    /** Resets everything except the documents of the gateways, which remember what version they have. */
    public void reset() {
        if (server.isDisposed()) {
            start();
        }
        seen.clear();
        answers = _ -> Mono.just(FINE);
        health = _ -> Mono.just(HEALTHY);
        tenants = _ -> Mono.just(TENANTS);
        sockets = null;
        documentsFailure = null;
    }

    private DisposableServer bind(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .channelGroup(connections)
                .httpRequestDecoder(heads -> heads.maxHeaderSize(16 * 1024))
                .handle(this::handle)
                .bindNow();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        var open = sockets;
        if (open != null && request.requestHeaders().containsValue("upgrade", "websocket", true)) {
            seen.add(seen(request, new byte[0]));
            return response.sendWebsocket(open);
        }
        if (request.uri().equals(ServiceHealth.PATH)) {
            return health.apply(seen(request, new byte[0])).flatMap(answer -> send(answer, response));
        }
        if (request.uri().startsWith(TenantPage.PATH)) {
            return tenants.apply(seen(request, new byte[0])).flatMap(answer -> send(answer, response));
        }
        if (request.uri().startsWith(GatewayDocument.PATH + "/")) {
            Answer failure = documentsFailure;
            return bodyOf(request)
                    .flatMap(body -> send(failure == null ? documents.answer(seen(request, body)) : failure, response));
        }
        return bodyOf(request)
                .map(body -> seen(request, body))
                .doOnNext(this::record)
                .flatMap(received -> answers.apply(received))
                .flatMap(answer -> send(answer, response));
    }

    private static Mono<byte[]> bodyOf(HttpServerRequest request) {
        return request.receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]);
    }

    /** Not what gateways report from time to time, also those of other tests. */
    private void record(ReceivedRequest received) {
        if (!received.uri().equals(ApiKeyUses.PATH)) {
            seen.add(received);
        }
    }

    private static Mono<Void> send(Answer answer, HttpServerResponse response) {
        response.status(answer.status()).header("Content-Type", answer.contentType());
        answer.headers().forEach(response::header);
        return response.sendString(Mono.just(answer.body())).then();
    }

    private static ReceivedRequest seen(HttpServerRequest request, byte[] body) {
        var headers = new HttpHeaders();
        request.requestHeaders().forEach(header -> headers.add(header.getKey(), header.getValue()));
        return new ReceivedRequest(request.method().name(), request.uri(), headers, body);
    }

    private static DefaultChannelGroup newGroup() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    }
}
