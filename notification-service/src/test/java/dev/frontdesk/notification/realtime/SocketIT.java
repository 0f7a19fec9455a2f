package dev.frontdesk.notification.realtime;

import static dev.frontdesk.notification.EventSimulator.revoked;
import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.notification.EventSimulator.verified;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.SocketClient;
import dev.frontdesk.notification.Visitor;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import dev.frontdesk.testsupport.sockets.RawSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class SocketIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final NoSecretsInLogs secrets = new NoSecretsInLogs();

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private EventSimulator world;

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private Sockets sockets;

    @LocalServerPort
    private int port;

    private Visitor ada;

    @BeforeEach
    void letAdaIn() {
        ada = Visitor.withASession(gateway, port);
    }

    @Test
    void bringsTheWelcomeAndThenWhatComesLive() {
        world.happens(verified(ada.account(), "en"));

        try (var socket = ada.opensASocket()) {
            JsonNode welcome = socket.awaitFrames(1).getFirst();
            assertThat(welcome.propertyNames())
                    .containsExactly("type", "seq", "id", "kind", "title", "body", "created_at");
            assertThat(welcome.get("type").asString()).isEqualTo("notification");
            assertThat(welcome.get("seq").asLong()).isEqualTo(1);
            assertThat(welcome.get("kind").asString()).isEqualTo("account.verified");
            assertThat(welcome.get("title").asString()).isEqualTo("Welcome, Ayşe!");
            assertThat(Instant.parse(welcome.get("created_at").asString()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));

            world.happens(signedIn(ada.account(), "en", 1));
            JsonNode signIn = socket.awaitFrames(2).getLast();
            assertThat(signIn.get("seq").asLong()).isEqualTo(2);
            assertThat(signIn.get("kind").asString()).isEqualTo("session.opened");
            assertThat(signIn.get("body").asString()).contains("another device: Firefox, Linux.");
        }
    }

    @Test
    void speaksTheLanguageOfTheAccount() {
        try (var socket = ada.opensASocket()) {
            world.happens(verified(ada.account(), "tr-TR"));
            assertThat(socket.awaitFrames(1).getFirst().get("title").asString()).isEqualTo("Hoş geldiniz, Ayşe!");

            world.happens(signedIn(ada.account(), "tr", 2));
            assertThat(socket.awaitFrames(2).getLast().get("body").asString())
                    .startsWith("Hesabınıza başka bir cihazdan girildi: Firefox, Linux.");
        }
    }

    @Test
    void saysNothingOfAFirstSession() {
        try (var socket = ada.opensASocket()) {
            world.happens(signedIn(ada.account(), "en", 0));
            world.happens(signedIn(ada.account(), "en", 1));

            assertThat(socket.awaitFrames(1).getFirst().get("seq").asLong()).isEqualTo(1);
        }
    }

    @Test
    void tellsOneEventOnce() {
        try (var socket = ada.opensASocket()) {
            var event = world.happens(signedIn(ada.account(), "en", 1));
            world.again(event);
            world.again(event);
            world.happens(signedIn(ada.account(), "en", 1));

            socket.awaitFrames(2);
            assertThat(socket.seqs()).containsExactly(1L, 2L);
        }
    }

    @Test
    void resumesAfterTheLastOneThatWasSeen() {
        IntStream.range(0, 5).forEach(_ -> world.happens(signedIn(ada.account(), "en", 1)));
        try (var socket = ada.opensASocket()) {
            socket.awaitFrames(5);
        }

        try (var socket = ada.resumesAfter(3)) {
            socket.awaitFrames(2);
            world.happens(signedIn(ada.account(), "en", 1));
            socket.awaitFrames(3);
            assertThat(socket.seqs()).containsExactly(4L, 5L, 6L);
        }
    }

    @Test
    void reachesEverySocketOfAnAccountAndNoOther() {
        var eve = Visitor.withASession(gateway, port);
        try (var phone = ada.opensASocket();
                var laptop = ada.onAnotherDevice().opensASocket();
                var other = eve.opensASocket()) {
            world.happens(signedIn(ada.account(), "en", 1));
            phone.awaitFrames(1);
            laptop.awaitFrames(1);

            world.happens(signedIn(eve.account(), "en", 1));
            other.awaitFrames(1);
            assertThat(other.frames()).hasSize(1);
        }
    }

    @Test
    void losesNoSocketAmongManyThatOpenAtOnce() {
        var visitors = IntStream.range(0, 100)
                .mapToObj(_ -> Visitor.withASession(gateway, port))
                .toList();

        var open = visitors.parallelStream().map(Visitor::opensASocket).toList();
        visitors.forEach(visitor -> world.happens(signedIn(visitor.account(), "en", 1)));

        open.forEach(socket -> assertThat(socket.awaitFrames(1)).hasSize(1));
        open.forEach(SocketClient::close);
    }

    @Test
    void issuesATicketThatLivesForThirtySeconds() {
        Instant before = Instant.now();
        byte[] body = ada.asksForATicket()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody()
                .returnResult()
                .getResponseBody();
        JsonNode answer = JsonMapper.shared().readTree(body);
        var ticket = secrets.mustNotTell(answer.get("ticket").asString());

        assertThat(ticket).matches("fdt_[A-Za-z0-9_-]{43}");
        assertThat(Instant.parse(answer.get("expires_at").asString()))
                .isBetween(before.plusSeconds(30), Instant.now().plusSeconds(30));
        var key = redis.scan()
                .filter(found -> found.endsWith(":_:realtime-ticket:" + new Ticket(ticket).hash()))
                .single();
        verifyEnded(key.flatMap(redis::getExpire))
                .assertNext(left -> assertThat(left).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)))
                .verifyComplete();
    }

    @Test
    void opensOneSocketPerTicket() {
        var ticket = secrets.mustNotTell(ada.ticket());
        world.happens(signedIn(ada.account(), "en", 1));

        try (var first = ada.uses(ticket);
                var second = ada.uses(ticket)) {
            // Each ticket is checked when its socket is open, so either may come first.
            await().atMost(Duration.ofSeconds(60)).until(() -> !first.isOpen() || !second.isOpen());
            var refused = first.isOpen() ? second : first;
            var admitted = first.isOpen() ? first : second;
            assertThat(refused.awaitClose()).isEqualTo(4401);
            admitted.awaitFrames(1);
            assertThat(admitted.isOpen()).isTrue();
            assertThat(refused.frames()).isEmpty();
        }
    }

    @Test
    void givesATicketToOneOfManyThatTryAtOnce() {
        var ticket = ada.ticket();

        var clients = IntStream.range(0, 20)
                .parallel()
                .mapToObj(_ -> ada.uses(ticket))
                .toList();

        await().atMost(SOON)
                .until(() -> clients.stream().filter(SocketClient::isOpen).count() == 1);
        clients.forEach(SocketClient::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ticket=",
                "ticket=nonsense",
                "ticket=fdt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "token=fds_1_x"
            })
    void refusesWhatIsNoTicket(String query) {
        try (var socket = ada.opens(query)) {
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void refusesATicketWhoseTimeIsOver() {
        var ticket = ada.ticket();
        var key = redis.scan().filter(found -> found.endsWith(new Ticket(ticket).hash()));
        verifyEnded(key.concatMap(found -> redis.expire(found, Duration.ofMillis(1))))
                .expectNext(true)
                .verifyComplete();
        verifyEnded(key.hasElements().repeat().takeUntil(there -> !there).last())
                .expectNext(false)
                .verifyComplete();

        try (var socket = ada.uses(ticket)) {
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "", "1e3", "99999999999999999999", "%2B1"})
    void refusesANumberThatIsNone(String lastSeq) {
        try (var socket = ada.opens("ticket=" + ada.ticket() + "&last_seq=" + lastSeq)) {
            assertThat(socket.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void issuesNoTicketToOthers() {
        var tenant = new TenantId("acme");
        ada.asksForATicket(gateway.sign(new Caller.Anonymous(tenant)))
                .expectStatus()
                .isUnauthorized();
        ada.asksForATicket(gateway.sign(new Caller.Operator(tenant)))
                .expectStatus()
                .isForbidden();
        ada.asksForATicket("forged").expectStatus().isUnauthorized();
    }

    @Test
    void closesTheSocketsOfARevokedSessionAndNoOther() {
        try (var here = ada.opensASocket();
                var elsewhere = ada.onAnotherDevice().opensASocket()) {
            world.happens(signedIn(ada.account(), "en", 1));
            here.awaitFrames(1);
            elsewhere.awaitFrames(1);

            // A broadcast subscription starts at its place in the topic; another revocation is received there.
            await().atMost(SOON).until(() -> {
                world.happens(revoked(ada.account(), ada.session()));
                return !here.isOpen();
            });
            assertThat(here.awaitClose()).isEqualTo(4401);
            assertThat(elsewhere.isOpen()).isTrue();
        }
    }

    @Test
    void opensNoSocketForASessionThatWasRevokedAfterItsTicket() {
        try (var open = ada.opensASocket()) {
            var ticket = ada.ticket();
            // A broadcast subscription starts at its place in the topic; another revocation is received there.
            await().atMost(SOON).until(() -> {
                world.happens(revoked(ada.account(), ada.session()));
                return !open.isOpen();
            });
            assertThat(open.awaitClose()).isEqualTo(4401);

            try (var late = ada.uses(ticket)) {
                assertThat(late.awaitClose()).isEqualTo(4401);
            }
        }
    }

    @Test
    void closesASocketThatSendsMalformedFrames() {
        try (var texting = ada.opensASocket();
                var sending = ada.opensASocket();
                var shouting = ada.opensASocket()) {
            texting.socket().sendText("{\"type\":\"hello\"}", true);
            sending.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true);
            shouting.socket().sendText("x".repeat(5000), true);

            assertThat(texting.awaitClose()).isEqualTo(4400);
            assertThat(sending.awaitClose()).isEqualTo(1003);
            assertThat(shouting.awaitClose()).isEqualTo(1009);
            assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void answersThePingOfAPage() {
        try (var socket = ada.opensASocket()) {
            socket.socket().sendText("{\"type\":\"ping\"}", true).join();
            socket.socket().sendText(" { \"type\" : \"ping\" } ", true).join();

            assertThat(socket.awaitFrames(2))
                    .allSatisfy(frame -> assertThat(frame).hasToString("{\"type\":\"pong\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping",
                "{}",
                "[]",
                "null",
                "{\"type\":\"pong\"}",
                "{\"type\":\"Ping\"}",
                "{\"type\":null}",
                "{\"type\":\"ping\",\"seq\":1}",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "{\"type\":\"ping\"",
            })
    void understandsNothingElse(String text) {
        try (var socket = ada.opensASocket()) {
            socket.socket().sendText(text, true);

            assertThat(socket.awaitClose()).isEqualTo(4400);
        }
    }

    private enum Flood {
        PINGS(RawSocket.PING, "x".repeat(125), 4429),
        EMPTY_PINGS(RawSocket.PING, "", 4429),
        PONGS(RawSocket.PONG, "x".repeat(125), 4429),
        PAGES_PINGS(RawSocket.TEXT, "{\"type\":\"ping\"}", 4429),
        TINY_TEXTS(RawSocket.TEXT, "x", 4400),
        TINY_BINARIES(RawSocket.BINARY, "x", 1003);

        private final int first;
        private final String payload;
        private final int code;

        Flood(int first, String payload, int code) {
            this.first = first;
            this.payload = payload;
            this.code = code;
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsASocketThatFloodsAndNeverReads(Flood flood) throws Exception {
        try (var flooding = ada.opensARawSocket()) {
            // A malformed frame is reported after the ticket was checked: until then only one burst of frames may
            // arrive.
            flooding.floods(flood.first, flood.payload, flood.code == 4429 ? 10_000 : 90);

            assertThat(flooding.readToTheEnd()).isEqualTo(flood.code);
        }
    }

    @Test
    void endsASocketThatFloodsWithFragments() throws Exception {
        try (var flooding = ada.opensARawSocket()) {
            flooding.sends(RawSocket.TEXT_THAT_GOES_ON, "x").floods(RawSocket.CONTINUATION_THAT_GOES_ON, "", 10_000);

            assertThat(flooding.readToTheEnd()).isEqualTo(4429);
        }
    }

    @Test
    void endsASocketWhoseFragmentsMakeAMessageThatIsTooLong() throws Exception {
        try (var shouting = ada.opensARawSocket()) {
            shouting.sends(RawSocket.TEXT_THAT_GOES_ON, "x".repeat(4000))
                    .sends(RawSocket.LAST_CONTINUATION, "x".repeat(97));

            assertThat(shouting.readToTheEnd()).isEqualTo(1009);
            assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void opensFiftySocketsForOneAccountAndNoMore() {
        var open = Stream.generate(ada::opensASocket).limit(50).toList();
        try (var tooMany = ada.opensASocket()) {
            assertThat(tooMany.awaitClose()).isEqualTo(4429);
            assertThat(open).allMatch(SocketClient::isOpen);
        } finally {
            open.forEach(SocketClient::close);
        }
    }

    @Test
    void forgetsASocketThatIsGone() {
        int before = sockets.count();
        var socket = ada.opensASocket();
        await().atMost(SOON).until(() -> sockets.count() == before + 1);

        socket.close();

        await().atMost(SOON).until(() -> sockets.count() == before);
    }
}
