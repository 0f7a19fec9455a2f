package dev.frontdesk.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The certificate's files are replaced while the gateway serves requests. */
class CertificateReloadIT {

    private static final Duration LONG = Duration.ofSeconds(60);
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
        certificates.install(certificates.issue("first"));
        gateway = Gateways.with(certificates, services);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        services.stop();
    }

    @BeforeEach
    void startWithTheFirst() throws Exception {
        certificates.install(certificates.issue("first"));
        await().atMost(LONG).until(() -> presented().equals("CN=first"));
    }

    @Test
    void failsNoRequestWhenTheCertificateChanges() throws Exception {
        var ended = new AtomicBoolean();
        var answered = new AtomicInteger();
        var failures = new ArrayList<Throwable>();
        // One keeps its connection, over HTTP/2; the other opens a new one for each request.
        List<CompletableFuture<Void>> loads = List.of(
                load(ended, answered, failures, Gateways.client(certificates, Version.HTTP_2)),
                load(ended, answered, failures, null));
        await().atMost(LONG).until(() -> answered.get() > 10);

        certificates.install(certificates.issue("second", Algorithm.rsa2048, some -> some));
        await().atMost(LONG).until(() -> presented().equals("CN=second"));
        int before = answered.get();
        await().atMost(LONG).until(() -> answered.get() > before + 10);

        ended.set(true);
        loads.forEach(CompletableFuture::join);
        assertThat(failures).isEmpty();
    }

    @Test
    void keepsTheOldCertificateWhileTheNewFilesAreBroken() throws Exception {
        X509Bundle second = certificates.issue("second");
        TestCertificates.replace(certificates.certificate(), second.getCertificatePathPEM());
        awaitError("The key in " + certificates.key() + " does not belong to the first certificate in "
                + certificates.certificate());
        assertThat(presented()).isEqualTo("CN=first");

        TestCertificates.replace(certificates.key(), second.getPrivateKeyPEM());
        await().atMost(LONG).until(() -> presented().equals("CN=second"));

        String whole = certificates.issue("third").getCertificatePathPEM();
        Files.writeString(certificates.certificate(), whole.substring(0, 300));
        awaitError(certificates.certificate() + " must contain PEM certificates");
        Files.delete(certificates.key());
        awaitError(certificates.key() + " does not exist");
        assertThat(presented()).isEqualTo("CN=second");

        certificates.install(second);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(logs.lines())
                        .filteredOn(line -> line.contains("TLS with the certificate of CN=second"))
                        .hasSize(2));
        assertThat(logs.lines())
                .as("each fault once, without a stack trace")
                .filteredOn(line -> line.startsWith("ERROR"))
                .hasSize(3)
                .noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void warnsOfAnExpiredCertificateAndUsesIt() throws Exception {
        certificates.install(certificates.issue(
                "expired", Algorithm.ecp256, some -> some.notAfter(Instant.now().minusSeconds(60))));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(logs.lines())
                        .anyMatch(line -> line.startsWith("WARN")
                                && line.contains("The TLS certificate of CN=expired is only valid from")));
        assertThat(presented()).isEqualTo("CN=expired");
    }

    private void awaitError(String what) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(logs.lines())
                        .anyMatch(line -> line.startsWith("ERROR")
                                && line.contains("the old one stays in use: ")
                                && line.contains(what)));
    }

    /** The subject that a new connection gets. */
    private static String presented() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) TrustAll.context().getSocketFactory().createSocket("127.0.0.1", Instances.port(gateway))) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static CompletableFuture<Void> load(
            AtomicBoolean ended, AtomicInteger answered, List<Throwable> failures, @Nullable HttpClient kept) {
        return CompletableFuture.runAsync(
                () -> {
                    while (!ended.get()) {
                        try {
                            var client = kept == null ? Gateways.client(certificates, Version.HTTP_1_1) : kept;
                            var answer =
                                    client.send(Gateways.request(gateway, ENTRY).build(), BodyHandlers.ofString());
                            if (answer.statusCode() != 200) {
                                throw new IOException("status " + answer.statusCode());
                            }
                            answered.incrementAndGet();
                        } catch (Exception failed) {
                            synchronized (failures) {
                                failures.add(failed);
                            }
                        }
                    }
                },
                Thread::startVirtualThread);
    }
}
