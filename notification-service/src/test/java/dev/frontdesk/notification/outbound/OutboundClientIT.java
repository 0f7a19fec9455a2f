package dev.frontdesk.notification.outbound;

import static dev.frontdesk.notification.Receiver.endless;
import static dev.frontdesk.notification.Receiver.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.notification.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, with a real name server. */
class OutboundClientIT {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final SigningSecret SECRET = SigningSecret.random();

    private final Receiver receiver = new Receiver();
    private final ScriptedDns dns = new ScriptedDns();
    private final OutboundClient sender = senderWithin("127.0.0.1");

    OutboundClientIT() throws IOException {}

    private OutboundClient senderWithin(String... networks) {
        return new OutboundClient(
                new OutboundProperties(List.of(networks), Duration.ofSeconds(5), 10),
                Clock.fixed(NOW, ZoneOffset.UTC),
                dns.servers());
    }

    @AfterEach
    void close() {
        sender.destroy();
        receiver.close();
        dns.close();
    }

    @Test
    void sendsWhatStandardWebhooksAskFor() {
        var answer = send(receiver.url("/hooks?team=1"), LONG);

        assertThat(answer.isSuccess()).isTrue();
        assertThat(receiver.received("/hooks?team=1")).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"name\":\"Ayşe\"}");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("webhook-id")).isEqualTo("evt_1");
            assertThat(request.header("webhook-timestamp")).isEqualTo("" + NOW.getEpochSecond());
            assertThat(request.header("webhook-signature"))
                    .isEqualTo(SECRET.sign("evt_1", NOW.getEpochSecond(), "{\"name\":\"Ayşe\"}".getBytes(UTF_8)));
        });
    }

    @Test
    void handsOnWhatWasAnswered() {
        receiver.answers("/", status(503, "Retry-After", "7", "Content-Type", "text/plain", "later\0"));

        assertThat(send(receiver.url("/"), LONG))
                .isEqualTo(new OutboundResponse(503, "text/plain", "later\uFFFD", true, Duration.ofSeconds(7)));
    }

    @Test
    void readsEveryFormOfRetryAfter() {
        String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(2));
        for (String asked : List.of(later, "1000000", "99999999999999999999")) {
            receiver.answers("/", status(503, "Retry-After", asked));

            assertThat(send(receiver.url("/"), LONG).retryAfter()).as(asked).isEqualTo(Duration.ofHours(1));
        }
        receiver.answers("/", status(503, "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"));
        assertThat(send(receiver.url("/"), LONG).retryAfter()).isEqualTo(Duration.ZERO);
    }

    @Test
    void followsNoRedirect() {
        receiver.answers("/", status(307, "Location", receiver.url("/elsewhere")));

        assertThat(send(receiver.url("/"), LONG).status()).isEqualTo(307);
        assertThat(receiver.received("/elsewhere")).isEmpty();
    }

    @Test
    void readsOnlyTheBeginningOfAnEndlessAnswer() {
        receiver.answers("/", endless("0123456789"));

        var answer = send(receiver.url("/"), LONG);

        assertThat(answer.body()).hasSize(64).startsWith("0123456789012");
        assertThat(answer.whole()).isFalse();
    }

    @Test
    void waitsNoLongerThanItMay() {
        receiver.answers("/", receiver.silence(), receiver.halfAnAnswer());

        assertThatThrownBy(() -> send(receiver.url("/"), SHORT))
                .isInstanceOf(NoResponseException.class)
                .hasMessage("no complete response within 300 ms")
                .has(arrived(true));
        assertThatThrownBy(() -> send(receiver.url("/"), SHORT)).hasMessage("no complete response within 300 ms");
    }

    @Test
    void reportsAFailedConnection() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> send("http://127.0.0.1:" + port + "/", LONG))
                .isInstanceOf(NoResponseException.class)
                .hasMessage("the connection failed")
                .has(arrived(false));
    }

    @Test
    void tellsWhenWhatAnswersIsNoHttp() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("220 mail.example ESMTP\r\n\r\n".getBytes(UTF_8));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException closed) {
                    // The test is over.
                }
            });

            assertThatThrownBy(() -> send("http://127.0.0.1:" + server.getLocalPort() + "/", LONG))
                    .isInstanceOf(NoResponseException.class)
                    .hasMessage("the connection was closed, or the response was not HTTP")
                    .has(arrived(true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/",
                "https://LOCALHOST:8443/hooks",
                "https://shop.localhost/",
                "https://localhost.localdomain/",
                "https://ip6-loopback/",
                "https://intranet/",
                "https://Printer.LOCAL/",
                "https://shop.internal:8443/hooks",
                "https://nas.home.arpa/",
                "http://localhost:9000/",
                "http://1.1.1.1/",
                "http://shop.example/"
            })
    void refusesAddressesOfPrivateNetworksAtOnce(String url) {
        var strict = senderWithin();

        assertThatIllegalArgumentException().isThrownBy(() -> strict.callable(url));
        strict.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/", "http://[::ffff:127.0.0.1]:%d/", "http://localhost:%d/"})
    void connectsToNoPrivateAddressDespiteAnEarlierCheck(String url) {
        var strict = senderWithin();

        assertThatThrownBy(() -> send(strict, url.formatted(receiver.port()), LONG))
                .isInstanceOf(NoResponseException.class)
                .hasMessage("the host does not resolve to an allowed address")
                .has(arrived(false));
        assertThat(receiver.received("/")).isEmpty();
        strict.destroy();
    }

    @Test
    void callsANameAtTheAddressThatWasChecked() {
        dns.says("shop.example", "127.0.0.1");

        assertThat(send("http://shop.example:" + receiver.port() + "/", LONG).isSuccess())
                .isTrue();
        assertThat(receiver.received("/").getFirst().header("host")).isEqualTo("shop.example:" + receiver.port());
    }

    @Test
    void isNotLedElsewhereByANameThatChanges() {
        try (var inside = new Receiver("127.0.0.2")) {
            // One DNS query per connection: there is no second query between the check and the call.
            dns.says("rebind.example", "127.0.0.1", "127.0.0.2");
            String url = "http://rebind.example:" + inside.port() + "/";
            assertThatThrownBy(() -> send(url, LONG)).hasMessage("the connection failed");
            assertThat(dns.questions()).isEqualTo(1);

            assertThatThrownBy(() -> send(url, LONG)).hasMessage("the host does not resolve to an allowed address");

            assertThat(inside.received("/")).isEmpty();
        }
    }

    @Test
    void refusesAHostWithOneForbiddenAddress() {
        dns.says("both.example", "127.0.0.1 10.0.0.1");

        assertThatThrownBy(() -> send("http://both.example:" + receiver.port() + "/", LONG))
                .hasMessage("the host does not resolve to an allowed address");
        assertThat(receiver.received("/")).isEmpty();
    }

    @Test
    void doesNotTellAnUnknownNameFromAForbiddenOne() {
        dns.says("inside.example", "10.0.0.1");

        assertThatThrownBy(() -> send("https://inside.example/", LONG))
                .hasMessage("the host does not resolve to an allowed address");
        assertThatThrownBy(() -> send("https://unknown.example/", LONG))
                .hasMessage("the host does not resolve to an allowed address");
    }

    @Test
    void needsACertificateThatIsTrusted(@TempDir Path folder) throws Exception {
        try (var server = withACertificateOfItsOwn(folder)) {
            Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException refused) {
                    // Expected: the client refuses the certificate.
                }
            });

            assertThatThrownBy(() -> send("https://127.0.0.1:" + server.getLocalPort() + "/", LONG))
                    .hasMessage("the TLS handshake failed")
                    .has(arrived(false));
        }
    }

    private static ServerSocket withACertificateOfItsOwn(Path folder) throws Exception {
        var password = "only-for-tests";
        var store = folder.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var options =
                "-genkeypair -alias it -dname CN=receiver -ext san=ip:127.0.0.1 -keyalg EC -storepass " + password;
        var command = new ArrayList<>(List.of(keytool, "-keystore", store.toString()));
        command.addAll(List.of(options.split(" ")));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), password.toCharArray()), password.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static Condition<Throwable> arrived(boolean perhaps) {
        return new Condition<>(
                error -> error instanceof NoResponseException none && none.mayHaveArrived() == perhaps,
                "may have arrived: %s",
                perhaps);
    }

    private OutboundResponse send(String url, Duration within) {
        return send(sender, url, within);
    }

    private static OutboundResponse send(OutboundClient sender, String url, Duration within) {
        var request = new OutboundRequest(
                "evt_1", "order.paid", new OutboundUrl(url), List.of(SECRET), false, "{\"name\":\"Ayşe\"}", within, 64);
        return Objects.requireNonNull(sender.send(request).block(LONG));
    }
}
