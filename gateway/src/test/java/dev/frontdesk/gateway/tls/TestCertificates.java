package dev.frontdesk.gateway.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate authority with an intermediate one, and the PEM files of a server that get their certificates from it. */
final class TestCertificates {

    private final X509Bundle root;
    private final X509Bundle intermediate;
    private final Path folder;

    TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        root = authority("CN=Test root").buildSelfSigned();
        intermediate = authority("CN=Test intermediate").buildIssuedBy(root);
    }

    private static CertificateBuilder authority(String name) {
        return new CertificateBuilder()
                .subject(name)
                .setIsCertificateAuthority(true)
                .ecp256();
    }

    X509Bundle issue(String name) throws Exception {
        return issue(name, Algorithm.ecp256, some -> some);
    }

    X509Bundle issue(String name, Algorithm algorithm, UnaryOperator<CertificateBuilder> more) throws Exception {
        var builder = new CertificateBuilder()
                .subject("CN=" + name)
                .algorithm(algorithm)
                .notBefore(Instant.now().minusSeconds(86400))
                .notAfter(Instant.now().plusSeconds(86400))
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addExtendedKeyUsageServerAuth();
        return more.apply(builder).buildIssuedBy(intermediate);
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    void install(X509Bundle issued) throws IOException {
        install(issued.getCertificatePathPEM(), issued.getPrivateKeyPEM());
    }

    /** Replaces each file at once, one after the other. */
    void install(String certificates, String privateKey) throws IOException {
        replace(certificate(), certificates);
        replace(key(), privateKey);
    }

    static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of a client that trusts only the root. */
    SSLContext trust() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {root.toTrustManager()}, null);
        return context;
    }

    TrustManager trustManager() {
        return root.toTrustManager();
    }
}
