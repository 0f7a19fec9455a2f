package dev.frontdesk.gateway.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/** A chain whose first certificate belongs to the key. */
final class ServerCertificate {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    /** Authenticated encryption and forward secrecy only; HTTP/2 forbids the others (RFC 9113, section 9.2.2). */
    private static final Set<String> CIPHERS = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /** @throws InvalidCertificateException if they do not belong together; names the files */
    static ServerCertificate of(List<X509Certificate> chain, PrivateKey key, Path certificateFile, Path keyFile) {
        if (!signs(key, chain.getFirst())) {
            throw new InvalidCertificateException(
                    "The key in " + keyFile + " does not belong to the first certificate in " + certificateFile
                            + "; the server's own certificate must come first, before intermediate ones.");
        }
        return new ServerCertificate(chain, key);
    }

    private static boolean signs(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "";
        };
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    String subject() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }

    Instant validUntil() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    Instant validFrom() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    SslBundle bundle() {
        return SslBundle.of(
                new PemSslStoreBundle(PemSslStore.of(chain, key), null),
                SslBundleKey.NONE,
                SslOptions.of(CIPHERS, PROTOCOLS));
    }
}
