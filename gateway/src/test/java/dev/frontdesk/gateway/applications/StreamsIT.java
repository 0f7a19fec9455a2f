package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.http.RawConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/** Bodies and event streams that are passed on while they arrive. */
@TestPropertySource(properties = "frontdesk.gateway.streams.stalled-after=1s")
class StreamsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PART = 64 * 1024;
    private static final int PARTS = 400;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    private final AtomicLong uploaded = new AtomicLong();
    private final Sinks.Many<String> events = Sinks.many().replay().all();
    private final Sinks.Empty<Void> streamCancelled = Sinks.empty();
    private final Sinks.Empty<Void> mayRead = Sinks.empty();

    private final DisposableServer application = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(
                            "/shop/upload",
                            (request, response) -> request.receive()
                                    .doOnNext(part -> uploaded.addAndGet(part.readableBytes()))
                                    .then()
                                    .then(Mono.defer(() -> response.sendString(Mono.just(uploaded.toString()))
                                            .then())))
                    .post(
                            "/shop/unread",
                            (request, response) -> mayRead.asMono()
                                    .then(request.receive().then())
                                    .then(response.send()))
                    .get("/shop/download", (_, response) -> response.send(parts()))
                    .get(
                            "/shop/events",
                            (_, response) -> response.sse()
                                    .sendString(events.asFlux().doOnCancel(streamCancelled::tryEmitEmpty), UTF_8))
                    .get(
                            "/shop/events-with-length",
                            (_, response) -> response.sse()
                                    .header("Content-Length", "1000000")
                                    .sendString(events.asFlux(), UTF_8))
                    .get(
                            "/shop/lines",
                            (_, response) -> response.sse()
                                    .header("Content-Type", "application/x-ndjson")
                                    .sendString(events.asFlux(), UTF_8))
                    .get(
                            "/shop/trailers",
                            (_, response) -> response.header("Trailer", "X-Sum, X-Trace-Id, Set-Cookie")
                                    .trailerHeaders(trailers -> trailers.set("X-Sum", "7")
                                            .set("X-Trace-Id", "forged")
                                            .set("Set-Cookie", "a=b"))
                                    .sendString(Flux.just("a", "b"))))
            .bindNow();

    private static Flux<ByteBuf> parts() {
        return Flux.range(0, PARTS).map(_ -> Unpooled.wrappedBuffer(new byte[PART]));
    }

    @AfterEach
    void stop() {
        mayRead.tryEmitEmpty();
        events.tryEmitComplete();
        application.disposeNow();
    }

    private void putRoute(String... fields) {
        put("[" + route(fields).replace(shop.url(), "http://127.0.0.1:" + application.port()) + "]");
    }

    private HttpClient http() {
        return HttpClient.create().host("127.0.0.1").port(port);
    }

    @Test
    void streamsALargeUploadAndDownload() {
        putRoute("\"body_limit_bytes\": 100000000", "\"compress\": false");

        String told = http().post()
                .uri("/shop/upload")
                .send(parts())
                .responseContent()
                .aggregate()
                .asString()
                .block(LONG);
        assertThat(told).isEqualTo(Long.toString((long) PART * PARTS));

        Long downloaded = http().get()
                .uri("/shop/download")
                .responseContent()
                .map(ByteBuf::readableBytes)
                .reduce(0L, Long::sum)
                .block(LONG);
        assertThat(downloaded).isEqualTo((long) PART * PARTS);
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeOrWhileItArrives() {
        putRoute("\"body_limit_bytes\": 1000000");

        assertThat(statusOf("/shop/upload", parts(), true)).isEqualTo(413);
        assertThat(uploaded).hasValue(0);
        assertThat(statusOf("/shop/upload", parts(), false)).isEqualTo(413);
        assertThat(uploaded.get()).isLessThanOrEqualTo(1_000_000);
        // What the client did wrong says nothing about the application.
        assertThat(statusOf("/shop/upload", Flux.empty(), false)).isEqualTo(200);
    }

    @Test
    void refusesABodyThatStops() {
        putRoute("\"body_limit_bytes\": 100000000");

        assertThat(statusOf("/shop/upload", parts().take(2).concatWith(Flux.never()), false))
                .isEqualTo(408);
    }

    private int statusOf(String path, Flux<ByteBuf> body, boolean told) {
        return requireNonNull(http().headers(headers -> {
                    if (told) {
                        headers.set("Content-Length", (long) PART * PARTS);
                    }
                })
                .post()
                .uri(path)
                .send(body)
                .response()
                .map(response -> response.status().code())
                .block(LONG));
    }

    @Test
    void asksForABodyThatTheClientHoldsBack() throws Exception {
        putRoute("\"body_limit_bytes\": 100000000");
        try (var connection = new RawConnection(port)) {
            connection.send(
                    "POST /shop/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(100);
            connection.send("a".repeat(70_000));
            assertThat(connection.answer().status()).isEqualTo(200);
        }
        assertThat(uploaded).hasValue(70_000);
    }

    @Test
    void passesEachEventOnAtOnce() {
        putRoute("\"event_stream\": true", "\"timeout_ms\": 1000");
        List<String> received = new CopyOnWriteArrayList<>();
        var stream =
                http().get().uri("/shop/events").responseContent().asString().subscribe(received::add);

        events.tryEmitNext("data: 1\n\n");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(String.join("", received)).isEqualTo("data: 1\n\n"));
        events.tryEmitNext("data: 2\n\n");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(String.join("", received)).contains("data: 2"));

        stream.dispose();
        streamCancelled.asMono().block(LONG);
    }

    @Test
    void endsTheEventStreamOfARevokedSession() {
        putRoute("\"event_stream\": true");
        String token = sessions.open("acme");
        String other = sessions.open("acme");
        List<String> received = new CopyOnWriteArrayList<>();
        var ended = stream(token, new CopyOnWriteArrayList<>());
        var goesOn = stream(other, received);
        events.tryEmitNext("data: 1\n\n");
        await().atMost(LONG).until(() -> !received.isEmpty());

        new Revocation(redis, keys).of(sessions.session(token).sessionId());

        ended.block(LONG);
        events.tryEmitNext("data: 2\n\n");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(String.join("", received)).contains("data: 2"));
        goesOn.subscribe().dispose();
    }

    private Mono<Void> stream(String token, List<String> received) {
        Mono<Void> stream = http().headers(headers -> headers.set("Authorization", "Bearer " + token))
                .get()
                .uri("/shop/events")
                .responseContent()
                .asString()
                .doOnNext(received::add)
                .then()
                .cache();
        stream.subscribe();
        return stream;
    }

    @Test
    void letsNoEventStreamPassWhereTheRouteDoesNotSaySo() {
        putRoute();

        get("/shop/events", _ -> {}).expectStatus().isEqualTo(502);
        streamCancelled.asMono().block(LONG);
    }

    private record Received(HttpHeaders headers, byte[] body) {}

    private Received receive(String path, String accepted) {
        return requireNonNull(http().headers(headers -> {
                    if (!accepted.isEmpty()) {
                        headers.set("Accept-Encoding", accepted);
                    }
                })
                .get()
                .uri(path)
                .responseSingle((response, body) ->
                        body.asByteArray().map(bytes -> new Received(response.responseHeaders(), bytes)))
                .block(LONG));
    }

    @Test
    void compressesTextThatTheApplicationDoesNot() throws IOException {
        put("[" + route() + "]");
        String text = "a".repeat(100_000);
        shop.answers(
                new Answer(200, "text/plain;charset=utf-8", text, Map.of("ETag", "\"1\"", "Accept-Ranges", "bytes")));

        Received compressed = receive("/shop/a", "br, gzip;q=0.5");

        assertThat(compressed.headers().get("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.headers().get("Vary")).isEqualTo("accept-encoding");
        assertThat(compressed.headers().get("ETag")).isEqualTo("W/\"1\"");
        assertThat(compressed.headers().contains("Content-Length")).isFalse();
        assertThat(compressed.headers().contains("Accept-Ranges")).isFalse();
        assertThat(compressed.body().length).isLessThan(2000);
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(), UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.0"})
    void compressesOnlyForAClientThatSaysSo(String accepted) {
        put("[" + route() + "]");
        shop.answers(Answer.json(200, "\"" + "a".repeat(10_000) + "\""));

        Received plain = receive("/shop/a", accepted);

        assertThat(plain.headers().contains("Content-Encoding")).isFalse();
        assertThat(plain.headers().get("Vary")).isEqualTo("accept-encoding");
        assertThat(plain.body()).hasSize(10_002);
    }

    @Test
    void leavesAloneWhatIsNotWorthCompressing() {
        put("[" + route() + "]");
        shop.answers(Answer.json(200, "\"" + "a".repeat(500) + "\""));
        assertThat(receive("/shop/a", "gzip").headers().contains("Content-Encoding"))
                .isFalse();

        shop.answers(new Answer(200, "image/png", "a".repeat(10_000), Map.of()));
        assertThat(receive("/shop/a", "gzip").headers().contains("Content-Encoding"))
                .isFalse();

        shop.answers(Answer.json(200, "a".repeat(10_000)).with("Content-Encoding", "zstd"));
        assertThat(receive("/shop/a", "gzip").headers().get("Content-Encoding")).isEqualTo("zstd");

        shop.answers(Answer.json(200, "a".repeat(10_000)).with("Cache-Control", "public, No-Transform"));
        assertThat(receive("/shop/a", "gzip").headers().contains("Content-Encoding"))
                .isFalse();

        shop.answers(Answer.json(200, "a".repeat(10_000)).with("Content-Digest", "sha-256=:YQ==:"));
        assertThat(receive("/shop/a", "gzip").headers().contains("Content-Encoding"))
                .isFalse();

        put("[" + route("\"compress\": false") + "]");
        shop.answers(Answer.json(200, "a".repeat(10_000)));
        assertThat(receive("/shop/a", "gzip").headers().contains("Content-Encoding"))
                .isFalse();
    }

    @Test
    void compressesNoAnswerOfFrontdeskOnTheSameConnection() {
        put("[" + route() + "]");
        shop.answers(Answer.json(200, "\"" + "a".repeat(10_000) + "\""));
        var one = HttpClient.create(ConnectionProvider.create("one", 1))
                .host("127.0.0.1")
                .port(port);

        assertThat(encodingOf(one, "/shop/a")).isEqualTo("gzip");
        assertThat(encodingOf(one, "/health")).isEqualTo("none");
        assertThat(encodingOf(one, "/shop/a")).isEqualTo("gzip");
    }

    private static String encodingOf(HttpClient http, String path) {
        return requireNonNull(http.headers(headers -> headers.set("Accept-Encoding", "gzip"))
                .get()
                .uri(path)
                .responseSingle((response, body) ->
                        body.asByteArray().thenReturn(response.responseHeaders().get("Content-Encoding", "")))
                .map(encoding -> encoding.isEmpty() ? "none" : encoding)
                .block(LONG));
    }

    @Test
    void answersHeadWithTheLengthOfTheBody() {
        try (var raw = new RawApplication()) {
            raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n");
            put("[" + route().replace(shop.url(), raw.url()) + "]");
            assertLengthOfHead();
            // The connection is fit for the next request.
            assertLengthOfHead();
        }
    }

    private void assertLengthOfHead() {
        client().method(HttpMethod.HEAD)
                .uri("/shop/a")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Length", "50000");
    }

    @Test
    void passesOnAnnouncedTrailersThatAnApplicationMaySet() {
        putRoute();

        for (int i = 0; i < 10; i++) {
            var trailers = http().get()
                    .uri("/shop/trailers")
                    .responseSingle((head, body) -> body.asString()
                            .doOnNext(text -> assertThat(text).isEqualTo("ab"))
                            .then(Mono.defer(head::trailerHeaders)))
                    .blockOptional(LONG)
                    .orElseThrow();

            assertThat(trailers.names()).containsExactly("x-sum");
            assertThat(trailers.get("X-Sum")).isEqualTo("7");
        }
    }

    @Test
    void setsNoCookieOfFrontdesk() {
        put("[" + route() + "]");
        shop.answers(Answer.json(200, "{}").with("Set-Cookie", "__Host-frontdesk-session=x; Path=/; Secure"));
        get("/shop/a", _ -> {}).expectHeader().doesNotExist("Set-Cookie");
        shop.answers(Answer.json(200, "{}").with("Set-Cookie", "=__Host-frontdesk-session=x; Path=/; Secure"));
        get("/shop/a", _ -> {}).expectHeader().doesNotExist("Set-Cookie");

        shop.answers(Answer.json(200, "{}").with("Set-Cookie", "cart=x; Path=/"));
        get("/shop/a", _ -> {}).expectHeader().valueEquals("Set-Cookie", "cart=x; Path=/");
    }

    /** It would hold for all paths of the origin, also Frontdesk's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Access-Control-Allow-Origin",
                "Clear-Site-Data",
                "Service-Worker-Allowed",
                "Alt-Svc",
                "Strict-Transport-Security",
                "NEL",
                "Report-To",
                "X-RateLimit-Limit-Minute",
                "X-Frontdesk-Account",
            })
    void passesNoHeaderOnThatIsTheGatewaysAlone(String name) {
        put("[" + route() + "]");
        shop.answers(Answer.json(200, "{}").with(name, "of the application"));

        get("/shop/a", _ -> {})
                .expectStatus()
                .isOk()
                .expectHeader()
                .values(
                        name,
                        values ->
                                assertThat(values == null ? List.of() : values).doesNotContain("of the application"));
    }

    /** Frameworks read them for the path, the method or the address of a request. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Real-IP", "X_Real_IP"})
    void passesNoHeaderOnThatMeansAnotherRequest(String name) {
        put("[" + route() + "]");

        get("/shop/a", headers -> headers.set(name, "forged")).expectStatus().isOk();

        assertThat(shop.seenLast().headers().containsHeader(name)).isFalse();
    }

    @Test
    void tellsNothingOfAnAnswerThatBreaksOffBeforeItsBody() {
        try (var raw = new RawApplication()) {
            raw.answersAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\nETag: x\r\n\r\n");
            put("["
                    + route("\"response_headers\": {\"set\": {\"Cache-Control\": \"public\"}}")
                            .replace(shop.url(), raw.url())
                    + "]");

            get("/shop/a", _ -> {})
                    .expectStatus()
                    .isEqualTo(502)
                    .expectHeader()
                    .valueEquals("Cache-Control", "no-store")
                    .expectHeader()
                    .doesNotExist("ETag");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/lines", "/shop/events-with-length"})
    void breaksOffAnyResponseOfARevokedSessionThatGoesOn(String path) {
        putRoute("\"event_stream\": true");
        String token = sessions.open("acme");
        List<String> received = new CopyOnWriteArrayList<>();
        Mono<Void> ended = http().headers(headers -> headers.set("Authorization", "Bearer " + token))
                .get()
                .uri(path)
                .responseContent()
                .asString()
                .doOnNext(received::add)
                .then()
                .cache();
        ended.subscribe(_ -> {}, _ -> {});
        events.tryEmitNext("1\n");
        await().atMost(LONG).until(() -> !received.isEmpty());

        new Revocation(redis, keys).of(sessions.session(token).sessionId());

        // Otherwise a cache would store the lines so far for all of them.
        assertThatThrownBy(() -> ended.block(LONG)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void changesHeadersAsTheRouteSays() {
        put("["
                + route(
                        "\"request_headers\": {\"set\": {\"X-Shop\": \"1\"}, \"remove\": [\"User-Agent\"]}",
                        "\"response_headers\": {\"set\": {\"X-Frame-Options\": \"DENY\"}, \"remove\": [\"x-debug\"]}")
                + "]");
        shop.answers(Answer.json(200, "{}").with("X-Debug", "secret"));

        get("/shop/a", headers -> headers.set("X-Shop", "2"))
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .doesNotExist("X-Debug");

        assertThat(shop.seenLast().headers().get("X-Shop")).containsExactly("1");
        assertThat(shop.seenLast().headers().containsHeader("User-Agent")).isFalse();
    }

    @Test
    void keepsARequestThatIsUnderWayWhenItsRouteGoes() {
        putRoute("\"event_stream\": true");
        List<String> received = new CopyOnWriteArrayList<>();
        http().get().uri("/shop/events").responseContent().asString().subscribe(received::add);
        events.tryEmitNext("data: 1\n\n");
        await().atMost(LONG).until(() -> !received.isEmpty());

        put("[]");
        get("/shop/events", _ -> {}).expectStatus().isNotFound();
        events.tryEmitNext("data: 2\n\n");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(String.join("", received)).contains("data: 2"));
    }
}
