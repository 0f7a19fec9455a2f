package dev.frontdesk.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {

    @TempDir
    Path folder;

    private TestCertificates certificates;
    private TlsProperties tls;

    @BeforeEach
    void set() throws Exception {
        certificates = new TestCertificates(folder);
        tls = new TlsProperties(
                certificates.certificate().toString(), certificates.key().toString(), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp256", "ecp384", "rsa2048", "rsa4096"})
    void takesAnyUsualKey(Algorithm algorithm) throws Exception {
        certificates.install(certificates.issue("gateway", algorithm, some -> some));

        ServerCertificate read = CertificateFiles.read(tls).parse();

        assertThat(read.subject()).isEqualTo("CN=gateway");
        assertThat(Objects.requireNonNull(read.bundle().getStores().getKeyStore())
                        .getCertificateChain("ssl"))
                .as("the chain")
                .hasSizeGreaterThan(1);
    }

    @Test
    void takesAKeyOfPkcs1() throws Exception {
        X509Bundle issued = certificates.issue("gateway", Algorithm.rsa2048, some -> some);
        byte[] pkcs8 = issued.getKeyPair().getPrivate().getEncoded();
        // PKCS#8 wraps PKCS#1 with a prefix of 26 bytes.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        certificates.install(
                issued.getCertificatePathPEM(),
                "-----BEGIN RSA PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pkcs1)
                        + "\n-----END RSA PRIVATE KEY-----\n");

        assertThat(CertificateFiles.read(tls).parse().subject()).isEqualTo("CN=gateway");
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        certificates.install(
                certificates.issue("gateway").getCertificatePathPEM(),
                certificates.issue("other").getPrivateKeyPEM());
        assertIsRefused("does not belong to the first certificate");

        certificates.install(
                certificates.issue("gateway").getCertificatePathPEM(),
                certificates.issue("other", Algorithm.rsa2048, some -> some).getPrivateKeyPEM());
        assertIsRefused("does not belong to the first certificate");
    }

    @Test
    void refusesAChainInTheWrongOrder() throws Exception {
        X509Bundle issued = certificates.issue("gateway");
        String own = issued.getCertificatePEM();
        String others = issued.getCertificatePathPEM().replace(own, "");
        certificates.install(others + "\n" + own, issued.getPrivateKeyPEM());

        assertIsRefused("own certificate must come first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "-----BEGIN CERTIFICATE-----\nMIIB",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
            })
    void refusesAFileWithoutACertificate(String text) throws Exception {
        certificates.install(text, certificates.issue("gateway").getPrivateKeyPEM());

        assertIsRefused(certificates.certificate() + " must contain PEM certificates");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "-----BEGIN PRIVATE KEY-----\nMIIB",
                "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----"
            })
    void refusesAFileWithoutAKeyAndDoesNotRepeatIt(String text) throws Exception {
        certificates.install(certificates.issue("gateway").getCertificatePathPEM(), text);

        assertIsRefused(certificates.key() + " must contain one RSA or EC private key as PEM, not encrypted.");
    }

    @Test
    void namesAMissingFile() throws Exception {
        certificates.install(certificates.issue("gateway"));
        Files.delete(certificates.key());

        assertIsRefused("The file " + certificates.key() + " does not exist.");
    }

    @Test
    void seesEveryChange() throws Exception {
        X509Bundle issued = certificates.issue("gateway");
        certificates.install(issued);
        String before = CertificateFiles.read(tls).fingerprint();
        assertThat(CertificateFiles.read(tls).fingerprint()).isEqualTo(before);

        TestCertificates.replace(certificates.key(), issued.getPrivateKeyPEM() + "\n");

        assertThat(CertificateFiles.read(tls).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void needsBothFilesOrNone() {
        assertThatThrownBy(() -> new TlsProperties("a.pem", " ", Duration.ofSeconds(1)))
                .hasMessageContaining("both");
        assertThatThrownBy(() -> new TlsProperties("", "b.pem", Duration.ofSeconds(1)))
                .hasMessageContaining("both");
        assertThat(new TlsProperties("", "", Duration.ofSeconds(1)).isOn()).isFalse();
    }

    private void assertIsRefused(String why) {
        CertificateFiles files = CertificateFiles.read(tls);
        assertThatThrownBy(files::parse)
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining(why)
                .hasNoCause();
    }
}
