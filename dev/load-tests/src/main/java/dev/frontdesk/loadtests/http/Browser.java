package dev.frontdesk.loadtests.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Keeps its connections open, as browsers and load balancers do, closes one when the server asks for it, and never
 * retries: every failure is visible.
 */
public final class Browser {

    /** A few connections, each used often enough to notice that its server stops. */
    private static final int CONNECTIONS = 32;

    /** A connection that was idle for longer is not reused, so that no server closes it at that moment. */
    private static final Duration SILENT = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http;

    public Browser(String baseUrl) {
        this.http = http(baseUrl);
    }

    /** @param address of this machine, for example 127.0.1.2: the client address that the server sees */
    public Browser(String baseUrl, String address) {
        this.http = http(baseUrl).bindAddress(() -> new InetSocketAddress(address, 0));
    }

    private static HttpClient http(String baseUrl) {
        var connections = ConnectionProvider.builder("load")
                .maxConnections(CONNECTIONS)
                .maxIdleTime(SILENT)
                .build();
        return HttpClient.create(connections)
                .baseUrl(baseUrl)
                .disableRetry(true)
                .responseTimeout(PATIENCE);
    }

    /** With the same connections, and this header on every request. */
    private HttpClient with(Map<String, String> headers) {
        return http.headers(all -> headers.forEach(all::set));
    }

    public Mono<Answer> get(String path, Map<String, String> headers) {
        return with(headers).get().uri(path).responseSingle(Browser::answer);
    }

    public Mono<Answer> delete(String path, Map<String, String> headers) {
        return with(headers).delete().uri(path).responseSingle(Browser::answer);
    }

    public Mono<Answer> send(HttpMethod method, String path, String json, Map<String, String> headers) {
        return with(headers)
                .headers(all -> all.set(HttpHeaderNames.CONTENT_TYPE, "application/json"))
                .request(method)
                .uri(path)
                .send(ByteBufFlux.fromString(Mono.just(json)))
                .responseSingle(Browser::answer);
    }

    public Mono<Answer> form(String path, String form, Map<String, String> headers) {
        return with(headers)
                .headers(all -> all.set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded"))
                .post()
                .uri(path)
                .send(ByteBufFlux.fromString(Mono.just(form)))
                .responseSingle(Browser::answer);
    }

    private static Mono<Answer> answer(HttpClientResponse response, ByteBufMono body) {
        return body.asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .map(text -> new Answer(response.status().code(), text));
    }
}
