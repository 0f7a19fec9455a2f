package dev.frontdesk.gateway.tls;

import static dev.frontdesk.gateway.tls.Http2Client.get;
import static dev.frontdesk.gateway.tls.Http2Client.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Requests over HTTP/2 that a client sends wrongly, slowly, or too often. */
class Http2StreamsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ENTRY = "/api/v1/cache/names/a";
    private static final Backend services = new Backend();

    @SuppressWarnings("UnusedVariable") // @FieldSource
    private static final List<UnaryOperator<Http2Headers>> MALFORMED = List.of(
            head -> head.path("/a b"),
            head -> head.path("/a\tb"),
            head -> head.path("names"),
            head -> head.path(""),
            head -> head.path("http://localhost/api"),
            head -> remove(head, ":path"),
            head -> head.add(":path", "/other"),
            head -> head.method("G T"),
            head -> head.method("GET / HTTP/1.1 x: y"),
            head -> remove(head, ":method"),
            head -> head.add(":method", "POST"),
            head -> head.method("CONNECT"),
            head -> head.scheme("ftp"),
            head -> remove(head, ":scheme"),
            head -> head.authority("a b"),
            head -> head.authority("a@b"),
            head -> head.authority("a/b"),
            head -> head.authority("a:99999"),
            head -> head.authority(""),
            head -> head.add(":authority", "other"),
            head -> head.add("host", "other"),
            head -> head.add("host", "localhost").add("host", "localhost"),
            head -> remove(head, ":authority"),
            head -> head.add("connection", "close"),
            head -> head.add("transfer-encoding", "chunked"),
            head -> head.add("upgrade", "websocket"),
            head -> head.add("keep-alive", "1"),
            head -> head.add("te", "gzip"),
            head -> head.add("X-Upper", "a"),
            head -> head.add("x-line", "a\r\nb: c"),
            head -> head.add("x-null", "a\u0000b"),
            head -> head.method("CONNECT").add(":protocol", "websocket"),
            head -> head.add("content-length", "5"));

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static ConfigurableApplicationContext gateway;

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    private Http2Client client;

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(folder);
        certificates.install(certificates.issue("gateway"));
        gateway = Gateways.with(
                certificates,
                services,
                "frontdesk.connections.body-within=1s",
                "frontdesk.gateway.bodies.arrive-within=20s",
                "server.netty.idle-timeout=2s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        services.stop();
    }

    @BeforeEach
    void connect() throws Exception {
        services.reset();
        client = new Http2Client(Instances.port(gateway), certificates);
    }

    @AfterEach
    void disconnect() {
        client.close();
        assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR") || line.contains("\tat "));
    }

    private static Http2Headers remove(Http2Headers headers, String name) {
        headers.remove(name);
        return headers;
    }

    @Test
    void answersAHostInsteadOfAnAuthority() {
        var answer = answerTo(remove(get(ENTRY), ":authority").add("host", "localhost"));
        assertThat(answer.status()).isEqualTo(200);

        assertThat(answerTo(get(ENTRY).add("host", "LOCALHOST")).status()).isEqualTo(200);
        assertThat(services.seenLast().headers().get("Host")).hasSize(1);
    }

    /** Netty's decoder resets the stream; our rules answer with a problem. */
    @ParameterizedTest
    @FieldSource("MALFORMED")
    void refusesAHeadThatAnotherServerCouldReadDifferently(UnaryOperator<Http2Headers> wrong) {
        var answer = answerTo(wrong.apply(get(ENTRY)));

        if (answer.reset.get() != Http2Error.PROTOCOL_ERROR.code()) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body.toString()).contains("malformed-request").endsWith("}");
        }
        assertThat(answerTo(get(ENTRY)).status()).as("the next stream").isEqualTo(200);
        assertThat(services.seen()).hasSize(1);
    }

    @Test
    void boundsTargetAndHeaders() {
        assertThat(answerTo(get(ENTRY + "?" + "x".repeat(5000))).status()).isEqualTo(414);
        assertThat(answerTo(get(ENTRY).add("x-large", "x".repeat(7000))).status())
                .isEqualTo(200);
        assertThat(answerTo(get(ENTRY).add("x-large", "x".repeat(8200))).status())
                .isEqualTo(431);
        assertThat(services.seen()).hasSize(1);
    }

    @Test
    void keepsSecretsOfUrlsOutOfLogs() {
        var answer = answerTo(get("/api/v1/sessions?token=fds_0_" + "B".repeat(43)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(logs.lines()).noneMatch(line -> line.contains("BBBB"));
        assertThat(answerTo(get("/api/v1/sessions/%zz")).status()).isEqualTo(400);
    }

    @Test
    void announcesItsLimits() throws Exception {
        var settings = client.settings().get(60, TimeUnit.SECONDS).settings();

        assertThat(settings.maxConcurrentStreams()).isEqualTo(100);
        assertThat(settings.maxHeaderListSize()).isEqualTo(8192);
        assertThat(settings.connectProtocolEnabled()).isNotEqualTo(true);
        assertThat(settings.initialWindowSize()).isEqualTo(128 * 1024);
        await().atMost(LONG).untilAsserted(() -> assertThat(client.window()).isEqualTo(192 * 1024 + 1));
    }

    @Test
    void closesAConnectionThatResetsManyStreams() throws Exception {
        services.answers(_ -> Mono.never());
        for (int i = 0; i < 250 && !client.goAway().isDone(); i++) {
            try {
                client.reset(client.send(get(ENTRY), true));
            } catch (RuntimeException closed) {
                break;
            }
        }

        assertThat(client.goAway().get(60, TimeUnit.SECONDS)).isEqualTo(Http2Error.ENHANCE_YOUR_CALM.code());
        await().atMost(LONG).until(client::isClosed);
    }

    @Test
    void cancelsTheRequestOfAResetStream() {
        Sinks.Empty<Void> canceled = Sinks.empty();
        services.answers(_ -> Mono.<Answer>never().doOnCancel(canceled::tryEmitEmpty));
        Http2FrameStream stream = client.send(get(ENTRY), true);
        await().atMost(LONG).until(() -> !services.seen().isEmpty());

        client.reset(stream);

        canceled.asMono().block(LONG);
    }

    @Test
    void stopsARequestThatIsAnsweredEarly() {
        Http2FrameStream stream = client.send(post("/api/v1/users/register").add("content-length", "70000"), false);

        await().atMost(LONG).until(() -> client.answer(stream).reset.get() >= 0);
        assertThat(client.answer(stream).status()).isEqualTo(413);
        assertThat(client.answer(stream).ended).isTrue();
        assertThat(client.answer(stream).reset.get()).isEqualTo(Http2Error.NO_ERROR.code());
        assertThat(answerTo(get(ENTRY)).status()).as("the next stream").isEqualTo(200);
    }

    @Test
    void stopsARefusedRequest() {
        Http2FrameStream stream = client.send(post("register"), false);

        await().atMost(LONG).until(() -> client.answer(stream).reset.get() >= 0);
        assertThat(client.answer(stream).status()).isEqualTo(400);
        assertThat(client.answer(stream).reset.get()).isEqualTo(Http2Error.NO_ERROR.code());
    }

    @Test
    void cancelsARequestWhoseBodyDoesNotEnd() {
        Http2FrameStream stream = client.send(post("/api/v1/users/register"), false);
        client.data(stream, "{", false);

        await().atMost(LONG).until(() -> client.answer(stream).reset.get() >= 0);
        assertThat(client.answer(stream).reset.get()).isEqualTo(Http2Error.CANCEL.code());
        assertThat(client.answer(stream).head).isNull();
        assertThat(answerTo(get(ENTRY)).status()).as("the next stream").isEqualTo(200);
    }

    @Test
    void cancelsAResponseThatIsNotTaken() throws Exception {
        services.answers(Answer.json(200, "x".repeat(15_000)));
        try (var slow = new Http2Client(Instances.port(gateway), certificates, 1000)) {
            Http2FrameStream stream = slow.send(get(ENTRY), true);

            await().atMost(LONG).until(() -> slow.answer(stream).isOver());
            assertThat(slow.answer(stream).reset.get()).isEqualTo(Http2Error.CANCEL.code());
            assertThat(slow.answer(stream).body).hasSize(1000);
        }
    }

    /** Each goes on for longer than a body may take without progress. */
    @Test
    void letsASlowRequestArriveAndASlowClientTakeItsResponse() throws Exception {
        Http2FrameStream slow = client.send(post("/api/v1/cache/names/a").method("PUT"), false);
        everyTime(6, _ -> client.data(slow, "x".repeat(5000), false));
        client.data(slow, "", true);
        await().atMost(LONG).until(() -> client.answer(slow).isOver());
        assertThat(client.answer(slow).status()).isEqualTo(200);
        assertThat(services.seenLast().body()).hasSize(30_000);

        services.answers(Answer.json(200, "x".repeat(15_000)));
        try (var taker = new Http2Client(Instances.port(gateway), certificates, 4096)) {
            Http2FrameStream stream = taker.send(get(ENTRY), true);
            everyTime(3, _ -> taker.take(stream, 4096));
            await().atMost(LONG).until(() -> taker.answer(stream).isOver());
            assertThat(taker.answer(stream).body).hasSize(15_000);
        }
    }

    /** The window of the connection is used up, so nothing is sent however much the streams may have. */
    @Test
    void cancelsResponsesThatAreOnlyAllowed() throws Exception {
        services.answers(Answer.json(200, "x".repeat(15_000)));
        try (var taker = new Http2Client(Instances.port(gateway), certificates, 14_000)) {
            List<Http2FrameStream> stuck =
                    Stream.generate(() -> taker.send(get(ENTRY), true)).limit(5).toList();

            everyTime(8, _ -> stuck.forEach(stream -> taker.allow(stream, 4096)));

            // What one of them had is then free for the others.
            assertThat(stuck).anyMatch(stream -> taker.answer(stream).reset.get() == Http2Error.CANCEL.code());
        }
    }

    /** Half a second apart. */
    private static void everyTime(int times, Consumer<Long> act) {
        Flux.interval(Duration.ofMillis(500)).take(times).doOnNext(act).blockLast(LONG);
    }

    @Test
    void waitsLongerForAServiceThanForAnIdleClient() {
        Sinks.Empty<Void> held = Sinks.empty();
        services.answers(_ -> held.asMono().thenReturn(Answer.json(200, "{}")));
        Http2FrameStream stream = client.send(get(ENTRY), true);
        try (var idle = new Http2Client(Instances.port(gateway), certificates)) {
            await().atMost(LONG).until(idle::isClosed);
            assertThat(client.goAway()).isNotDone();
            held.tryEmitEmpty();
            await().atMost(LONG).until(() -> client.answer(stream).isOver());
            assertThat(client.answer(stream).status()).isEqualTo(200);
            await().atMost(LONG).until(client::isClosed);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void takesTrailersOfARequest() {
        Http2FrameStream stream = client.send(post("/api/v1/cache/names/a").method("PUT"), false);
        client.data(stream, "{}", false);
        client.trailers(stream, Map.of("x-user-id", "forged"));

        await().atMost(LONG).until(() -> client.answer(stream).isOver());
        assertThat(client.answer(stream).status()).isEqualTo(200);
        assertThat(services.seenLast().body()).asString().isEqualTo("{}");
        assertThat(services.seenLast().headers().containsHeader("x-user-id")).isFalse();
    }

    private Http2Client.Answer answerTo(Http2Headers head) {
        Http2FrameStream stream = client.send(head, true);
        await().atMost(LONG).until(() -> client.answer(stream).isOver());
        return client.answer(stream);
    }
}
