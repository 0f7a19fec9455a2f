package dev.frontdesk.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With which settings of TLS a gateway starts. */
class TlsStartIT {

    private static final Backend services = new Backend();

    @TempDir
    Path folder;

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    private TestCertificates certificates;

    @BeforeEach
    void set() throws Exception {
        certificates = new TestCertificates(folder);
    }

    @AfterAll
    static void stop() {
        services.stop();
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> Gateways.with(certificates, services).close())
                .hasStackTraceContaining("The file " + certificates.certificate() + " does not exist.");

        assertThat(logs.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("APPLICATION FAILED TO START")
                        .contains("The file " + certificates.certificate() + " does not exist.")
                        .contains("FRONTDESK_GATEWAY_TLS_CERTIFICATE"))
                .noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void saysThatTheKeyIsOfAnotherCertificate() throws Exception {
        certificates.install(
                certificates.issue("gateway").getCertificatePathPEM(),
                certificates.issue("other").getPrivateKeyPEM());

        assertThatThrownBy(() -> Gateways.with(certificates, services).close())
                .hasStackTraceContaining("does not belong to the first certificate");
    }

    @Test
    void needsBothFiles() {
        assertThatThrownBy(() -> Gateways.of(services, "frontdesk.gateway.tls.certificate=a.pem")
                        .close())
                .hasStackTraceContaining("frontdesk.gateway.tls.certificate and .key must both be set");
    }

    @Test
    void hasNoHttp2WithoutTls() {
        assertThatThrownBy(
                        () -> Gateways.of(services, "server.http2.enabled=true").close())
                .hasStackTraceContaining("HTTP/2 without TLS is not supported");
    }

    @Test
    void speaksOnlyHttp11WithoutACertificate() throws Exception {
        try (var gateway = Gateways.of(services, "frontdesk.gateway.tls.certificate=", "frontdesk.gateway.tls.key=")) {
            int port = Instances.port(gateway);
            var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/cache/names/a");
            // This client asks for an upgrade to h2c.
            var answer = HttpClient.newBuilder()
                    .version(Version.HTTP_2)
                    .build()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();

            try (var connection = new RawConnection(port)) {
                connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
                assertThat(connection.answer().status()).isEqualTo(400);
            }
        }
    }
}
