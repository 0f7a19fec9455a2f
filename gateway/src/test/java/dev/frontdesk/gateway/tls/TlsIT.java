package dev.frontdesk.gateway.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.gateway.websocket.SocketClient;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** What clients get from a gateway with a certificate, over HTTP/1.1 and HTTP/2. */
class TlsIT {

    private static final String ENTRY = "/api/v1/cache/names/a";
    private static final Backend services = new Backend();

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static ConfigurableApplicationContext gateway;

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(folder);
        certificates.install(certificates.issue("gateway"));
        gateway = Gateways.with(certificates, services);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        services.stop();
    }

    @BeforeEach
    void reset() {
        services.reset();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void answersOverTls(Version version) throws Exception {
        var answer = send(version, Gateways.request(gateway, ENTRY));

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"fine\":true}");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(answer.headers().firstValue("X-Trace-Id")).isPresent();
        assertThat(services.seenLast().header("Host"))
                .isEqualTo(URI.create(services.url()).getAuthority());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void passesABodyOn(Version version) throws Exception {
        var body = "x".repeat(50_000);
        var known = send(version, Gateways.request(gateway, ENTRY).PUT(BodyPublishers.ofString(body)));
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(services.seenLast().body()).asString().isEqualTo(body);

        var unknown = send(
                version,
                Gateways.request(gateway, ENTRY)
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))));
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(services.seenLast().body()).asString().isEqualTo(body);

        var asked = send(
                version, Gateways.request(gateway, ENTRY).expectContinue(true).PUT(BodyPublishers.ofString(body)));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(services.seenLast().body()).asString().isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void refusesALargeBody(Version version) throws Exception {
        var answer = send(
                version,
                Gateways.request(gateway, "/api/v1/users/register")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(new byte[1_000_000])));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(send(version, Gateways.request(gateway, ENTRY)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void answersHeadWithoutABody(Version version) throws Exception {
        var answer = send(version, Gateways.request(gateway, ENTRY).HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(services.seenLast().method()).isEqualTo("HEAD");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void streamsALargeResponse(Version version) throws Exception {
        String large = "0123456789abcdef".repeat(1024 * 1024);
        services.answers(Answer.json(200, large));

        var answer = send(version, Gateways.request(gateway, ENTRY));

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body().equals(large)).as("same body").isTrue();
    }

    @Test
    void sendsManyRequestsOverOneConnection() throws Exception {
        services.answers(seen -> Mono.just(Answer.json(200, "\"" + seen.uri() + "\"")));
        var client = Gateways.client(certificates, Version.HTTP_2);
        // The first one opens the connection.
        client.send(Gateways.request(gateway, ENTRY).build(), BodyHandlers.ofString());

        var answers = IntStream.range(0, 90)
                .mapToObj(i ->
                        client.sendAsync(Gateways.request(gateway, ENTRY + i).build(), BodyHandlers.ofString()))
                .toList();

        for (int i = 0; i < 90; i++) {
            assertThat(answers.get(i).join().body()).isEqualTo("\"" + ENTRY + i + "\"");
        }
    }

    @Test
    void relaysSocketsOverTls() throws Exception {
        services.opensSockets(
                (in, out) -> out.sendString(in.receive().asString().map(text -> "echo " + text)));
        var socket = SocketClient.open(
                Gateways.client(certificates, Version.HTTP_2),
                "wss://localhost:" + Instances.port(gateway) + "/ws?ticket=a",
                Map.of());

        socket.send("hello");

        assertThat(socket.nextText()).isEqualTo("echo hello");
    }

    @Test
    void explainsThatHttp2HasNoSockets() throws Exception {
        var answer = send(Version.HTTP_2, Gateways.request(gateway, "/ws?ticket=a"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("This is a WebSocket endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksCurrentVersions(String version) throws Exception {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void speaksNoOldVersion() throws Exception {
        assertThat(answerToHello(0x03)).as("TLS 1.2: a handshake").startsWith((char) 22 + "\u0003\u0003");
        assertThat(answerToHello(0x02))
                .as("TLS 1.1: alert 70, protocol_version")
                .endsWith("\u0002F");
        assertThat(answerToHello(0x01)).as("TLS 1.0").endsWith("\u0002F");
    }

    @Test
    void acceptsOnlyCiphersWithForwardSecrecyAndAuthentication() throws Exception {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void closesAPlainRequestWithoutRepeatingItsToken() throws Exception {
        try (var connection = new RawConnection(Instances.port(gateway))) {
            connection.send("GET /health HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret\r\n\r\n");
            assertThat(connection.rest()).isEmpty();
        }
        assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN"));
    }

    @Test
    void keepsTheManagementPortPlain() throws Exception {
        int port = gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        var uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
    }

    private HttpResponse<String> send(Version version, HttpRequest.Builder request) throws Exception {
        return Gateways.client(certificates, version).send(request.build(), BodyHandlers.ofString());
    }

    private static SSLSocket socket() throws Exception {
        return (SSLSocket) certificates.trust().getSocketFactory().createSocket("127.0.0.1", Instances.port(gateway));
    }

    /** The first bytes of the answer to a ClientHello of an old form, whose version only its head names. */
    private static String answerToHello(int minor) throws IOException {
        String version = "\u0003" + (char) minor;
        // A suite of TLS 1.2, two old ones; the curve P-256, the signature ECDSA with SHA-256.
        String suites = "\u0000\u0006\u00c0\u002b\u00c0\u0009\u00c0\u0013";
        String extensions =
                "\u0000\n\u0000\u0004\u0000\u0002\u0000\u0017" + "\u0000\r\u0000\u0004\u0000\u0002\u0004\u0003";
        String hello = version + "r".repeat(32) + "\u0000" + suites + "\u0001\u0000" + "\u0000"
                + (char) extensions.length() + extensions;
        String handshake = "\u0001\u0000\u0000" + (char) hello.length() + hello;
        try (var connection = new RawConnection(Instances.port(gateway))) {
            connection.send("\u0016\u0003\u0001\u0000" + (char) handshake.length() + handshake);
            return connection.first(7);
        }
    }
}
