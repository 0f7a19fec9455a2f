package dev.frontdesk.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.lifecycle.ShutdownSignal;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.sockets.RawSocket;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;

@TestPropertySource(
        properties = {
            "frontdesk.gateway.websocket.open-within=1s",
            "frontdesk.gateway.browsers.allowed-origins=https://shop.example",
            "frontdesk.websocket.send-timeout=500ms",
            "frontdesk.websocket.close-within=20s",
        })
class WebSocketIT extends RunningGateway {

    private static final String HINT = "\\{\"reconnect_after_ms\":[0-9]+}";

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    @Autowired
    private ShutdownSignal shutdown;

    private final String ticket = logs.mustNotTell("ticket-" + Long.toHexString(System.nanoTime()));

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws?ticket=", "/ws?ticket=%20", "/ws?Ticket=a", "/ws?token=a"})
    void opensNothingWithoutATicket(String uri) {
        notification.opensSockets((_, out) -> out.sendString(Mono.just("welcome")));

        assertThat(refusalOf(uri)).isEqualTo(401);
        client().get()
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(notification.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\n\r\nbody", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void takesNoBodyForTheFirstFrames(String body) throws Exception {
        try (var connection = new RawConnection(port)) {
            connection.send("GET /ws?ticket=a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + body);

            assertThat(connection.answer().status()).isEqualTo(400);
        }
        assertThat(notification.seen()).isEmpty();
    }

    @Test
    void isNoPlainEndpoint() {
        client().get().uri("/ws?ticket=a").exchange().expectStatus().isBadRequest();
        client().post().uri("/ws?ticket=a").exchange().expectStatus().isBadRequest();
        assertThat(refusalOf("/ws?ticket=a&lastseq=7")).isEqualTo(400);

        assertThat(notification.seen()).isEmpty();
    }

    @Test
    void relaysFramesBothWays() throws Exception {
        notification.opensSockets((in, out) -> out.sendString(
                in.receive().asString().map(text -> "echo " + text).startWith("welcome")));

        var socket = open();
        assertThat(socket.nextText()).isEqualTo("welcome");
        socket.send("hello");
        assertThat(socket.nextText()).isEqualTo("echo hello");
        socket.send("x".repeat(20_000));
        String echo = socket.nextText();
        assertThat(echo == null ? 0 : echo.length()).isEqualTo(20_005);

        socket.close(1000, "");
        assertThat(socket.closeCode()).isEqualTo(1000);
    }

    @Test
    void forwardsTheHandshakeWithAnAssertion() throws Exception {
        notification.opensSockets((_, out) -> out.sendClose(1000, "bye"));

        var socket = SocketClient.open(
                url("/ws?ticket=" + ticket + "&last_seq=7"),
                Map.of(
                        "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "X-Frontdesk-Identity", "forged",
                        "X-Tenant-Id", "acme",
                        "X-Anything", "else"));
        socket.closeCode();

        var seen = notification.seenLast();
        assertThat(seen.uri()).isEqualTo("/ws?ticket=" + ticket + "&last_seq=7");
        assertThat(callerIn(seen)).isEqualTo(new Caller.Anonymous(new TenantId("acme")));
        assertThat(seen.header("traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(seen.headers().containsHeader("X-Anything")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 1011, 1012, 1013, 3000, 4401, 4408, 4429})
    void passesTheCloseCodeOfTheServiceOn(int code) throws Exception {
        notification.opensSockets(
                (_, out) -> out.sendString(Mono.just("last words")).then(out.sendClose(code, "why " + code)));

        var socket = open();

        assertThat(socket.nextText()).isEqualTo("last words");
        assertThat(socket.closeCode()).isEqualTo(code);
        assertThat(socket.closeReason()).isEqualTo("why " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3001, 4000})
    void passesTheCloseCodeOfTheClientOn(int code) {
        var heard = new AtomicInteger();
        notification.opensSockets((in, _) -> keep(in, heard));

        open().close(code, "why");

        await().atMost(Duration.ofSeconds(30)).untilAtomic(heard, is(code));
    }

    @Test
    void closesTheServicesSocketWhenAClientDisappears() {
        var heard = new AtomicInteger();
        notification.opensSockets((in, out) -> Mono.when(
                in.receiveCloseStatus().doOnNext(status -> heard.set(status.code())),
                out.sendString(Flux.interval(Duration.ofMillis(50))
                        .map(String::valueOf)
                        .onBackpressureDrop())));

        var socket = open();
        socket.abort();

        await().atMost(Duration.ofSeconds(30)).until(() -> heard.get() != 0);
    }

    @Test
    void asksTheClientToReconnectWhenTheServiceDisappears() throws Exception {
        notification.opensSockets((in, _) -> in.receive().then());
        var socket = open();

        notification.stop();

        assertThat(socket.closeCode()).isEqualTo(1012);
        assertThat(socket.closeReason()).matches(HINT);
    }

    @Test
    void closesEverySocketWhenItGoesDown() throws Exception {
        var heard = new AtomicInteger();
        notification.opensSockets((in, _) -> keep(in, heard));
        var socket = open();
        // The client's side is open a moment before the relay behind it, which would not hear of a stop that is over.
        assertThat(socket.ping("relayed?")).isEqualTo("relayed?");

        shutdown.stop();
        shutdown.start();

        assertThat(socket.closeCode()).isEqualTo(1012);
        assertThat(socket.closeReason()).matches(HINT);
        await().atMost(Duration.ofSeconds(30)).untilAtomic(heard, is(1001));
    }

    @Test
    void leavesPingsToTheTwoEnds() throws Exception {
        notification.opensSockets((in, out) -> in.receive().then());
        var socket = open();

        assertThat(socket.ping("still there?")).isEqualTo("still there?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://shop.example",
                "https://shop.example:8443",
                "https://shop.example.evil.example",
                "https://evil.example/shop.example",
                "null",
                "",
                "file://",
                "http://localhost:1",
            })
    void opensNothingForAPageOfAnotherOrigin(String origin) {
        notification.opensSockets((in, _) -> in.receive().then());

        assertThat(refusalOf("/ws?ticket=" + ticket, Map.of("Origin", origin))).isEqualTo(403);
        assertThat(notification.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example", "HTTPS://SHOP.EXAMPLE", "https://127.0.0.1", "http://127.0.0.1"})
    void opensSocketsForPagesOfItsOwn(String origin) throws Exception {
        notification.opensSockets((_, out) -> out.sendClose(4000, "opened"));

        String own = origin.endsWith("127.0.0.1") ? origin + ":" + port : origin;
        var socket = SocketClient.open(url("/ws?ticket=" + ticket), Map.of("Origin", own));

        assertThat(socket.closeCode()).isEqualTo(4000);
    }

    @Test
    void closesASocketWhoseFragmentsMakeAMessageThatIsTooLong() throws Exception {
        var heard = new AtomicInteger();
        notification.opensSockets((in, _) -> keep(in, heard));

        try (var socket = openRaw()) {
            socket.sends(RawSocket.TEXT_THAT_GOES_ON, "x".repeat(40_000))
                    .sends(RawSocket.LAST_CONTINUATION, "x".repeat(40_000));

            assertThat(socket.readToTheEnd()).isEqualTo(1009);
            await().atMost(Duration.ofSeconds(30)).untilAtomic(heard, is(1009));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.PING, RawSocket.PONG, RawSocket.TEXT, RawSocket.BINARY})
    void closesASocketThatFloodsAndNeverReads(int frame) throws Exception {
        var heard = new AtomicInteger();
        var frames = new AtomicInteger();
        notification.opensSockets((in, _) -> Mono.when(
                in.receiveCloseStatus().doOnNext(status -> heard.set(status.code())),
                in.receiveFrames().doOnNext(_ -> frames.incrementAndGet()).then()));

        try (var socket = openRaw()) {
            socket.floods(frame, "x", 10_000);

            assertThat(socket.readToTheEnd()).isEqualTo(4429);
            await().atMost(Duration.ofSeconds(30)).untilAtomic(heard, is(4429));
            assertThat(frames).hasValueLessThan(1000);
        }
    }

    @Test
    void closesTheSocketOfAClientThatReadsNothing() throws Exception {
        var heard = new AtomicInteger();
        notification.opensSockets((in, out) -> Mono.when(
                keep(in, heard), out.sendString(Mono.just("x".repeat(10_000)).repeat())));

        try (var socket = openRaw()) {
            await().atMost(Duration.ofSeconds(20)).untilAtomic(heard, is(4408));

            assertThat(socket.readToTheEnd()).isEqualTo(4408);
        }
    }

    @Test
    void answers503WhileTheServiceIsAway() {
        notification.stop();

        assertThat(refusalOf("/ws?ticket=" + ticket)).isEqualTo(503);
    }

    @Test
    void answers503WhenTheServiceDoesNotOpenItsSide() {
        notification.answers(_ -> Mono.never());

        assertThat(refusalOf("/ws?ticket=" + ticket)).isEqualTo(503);
    }

    @Test
    void answersAsTheServiceDoesWhenItRefusesTheSocket() {
        notification.answers(Answer.problem(401, "{}"));

        assertThat(refusalOf("/ws?ticket=" + ticket)).isEqualTo(401);
    }

    /** Keeps reading, as a service does: a socket that is not read does not notice that it is closed. */
    private static Mono<Void> keep(WebsocketInbound in, AtomicInteger closeCode) {
        return Mono.when(
                in.receiveCloseStatus().doOnNext(status -> closeCode.set(status.code())),
                in.receive().then());
    }

    private SocketClient open() {
        return SocketClient.open(url("/ws?ticket=" + ticket), Map.of());
    }

    private RawSocket openRaw() {
        return RawSocket.open(port, "/ws?ticket=" + ticket, Map.of());
    }

    private int refusalOf(String uri) {
        return refusalOf(uri, Map.of());
    }

    private int refusalOf(String uri, Map<String, String> headers) {
        var status = new AtomicInteger();
        assertThatThrownBy(() -> SocketClient.open(url(uri), headers))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        failed -> assertThat(failed.getCause())
                                .isInstanceOfSatisfying(
                                        WebSocketHandshakeException.class,
                                        refused ->
                                                status.set(refused.getResponse().statusCode())));
        return status.get();
    }

    private String url(String uri) {
        return "ws://127.0.0.1:" + port + uri;
    }
}
