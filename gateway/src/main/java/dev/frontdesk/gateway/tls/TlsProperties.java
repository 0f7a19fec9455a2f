package dev.frontdesk.gateway.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS on the public port. Without a certificate, the port speaks plain HTTP.
 *
 * @param certificate PEM file with the certificate, followed by the intermediate ones of its chain
 * @param key PEM file with the private key, RSA or EC, not encrypted
 * @param checkEvery how often the files are read again; a changed pair is used once it was the same twice
 */
@ConfigurationProperties("frontdesk.gateway.tls")
record TlsProperties(
        @DefaultValue("") String certificate,
        @DefaultValue("") String key,
        @DefaultValue("10s") Duration checkEvery) {

    TlsProperties {
        if (certificate.isBlank() != key.isBlank()) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.tls.certificate and .key must both be set, or neither for plain HTTP");
        }
        if (!checkEvery.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.tls.check-every must be positive");
        }
    }

    boolean isOn() {
        return !certificate.isBlank();
    }

    Path certificateFile() {
        return Path.of(certificate.strip());
    }

    Path keyFile() {
        return Path.of(key.strip());
    }
}
