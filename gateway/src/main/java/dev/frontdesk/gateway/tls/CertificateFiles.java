package dev.frontdesk.gateway.tls;

import dev.frontdesk.kit.values.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** The two PEM files as they are now: half written, perhaps. */
final class CertificateFiles {

    private final Path certificateFile;
    private final Path keyFile;

    /** Empty if a file can't be read. */
    private final String certificates;

    private final String key;
    private final @Nullable String fault;

    private CertificateFiles(TlsProperties tls) {
        certificateFile = tls.certificateFile();
        keyFile = tls.keyFile();
        String firstText = "";
        String secondText = "";
        String unreadable = null;
        try {
            firstText = text(certificateFile);
            secondText = text(keyFile);
        } catch (InvalidCertificateException failed) {
            unreadable = failed.getMessage();
        }
        certificates = firstText;
        key = secondText;
        fault = unreadable;
    }

    static CertificateFiles read(TlsProperties tls) {
        return new CertificateFiles(tls);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new InvalidCertificateException("The file " + file + " does not exist.");
        } catch (AccessDeniedException denied) {
            throw new InvalidCertificateException(
                    "The file " + file + " may not be read by the user of this process (10001 in the image).");
        } catch (IOException unreadable) {
            throw new InvalidCertificateException("The file " + file + " can't be read: " + unreadable);
        }
    }

    /** Different for different content; reveals nothing of a key. */
    String fingerprint() {
        return Sha256.hex(certificates + '\0' + key + '\0' + fault);
    }

    /** @throws InvalidCertificateException if they can't be used */
    ServerCertificate parse() {
        if (fault != null) {
            throw new InvalidCertificateException(fault);
        }
        return ServerCertificate.of(chain(), privateKey(), certificateFile, keyFile);
    }

    private List<X509Certificate> chain() {
        try {
            PemContent content = PemContent.of(certificates);
            List<X509Certificate> chain = content == null ? List.of() : content.getCertificates();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (RuntimeException malformed) {
            // Its message may contain the whole file.
        }
        throw new InvalidCertificateException("The file " + certificateFile + " must contain PEM certificates.");
    }

    private PrivateKey privateKey() {
        try {
            PemContent content = PemContent.of(key);
            PrivateKey found = content == null ? null : content.getPrivateKey();
            if (found != null) {
                return found;
            }
        } catch (RuntimeException malformed) {
            // Its message may contain the whole file.
        }
        throw new InvalidCertificateException(
                "The file " + keyFile + " must contain one RSA or EC private key as PEM, not encrypted.");
    }
}
