package dev.frontdesk.gateway.tls;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Registers the certificate as an SSL bundle at the start, and replaces it when its files have changed: new connections
 * get the new one, open ones stay. Files that can't be used change nothing and are reported once.
 *
 * <p>Spring Boot's own reload waits for events of the file system, which some mounts do not send; it accepts a chain in
 * the wrong order, with which every handshake would fail; and it reports a fault only with a stack trace.
 */
@Component
final class CertificateReload extends BackgroundWork implements SslBundleRegistrar {

    static final String BUNDLE = "gateway";

    private static final Logger log = LoggerFactory.getLogger(CertificateReload.class);

    private final TlsProperties tls;
    private final Clock clock;
    private volatile String used = "";
    private @Nullable String changed;
    private @Nullable SslBundleRegistry bundles;

    CertificateReload(TlsProperties tls, Clock clock) {
        super("reload of the TLS certificate");
        this.tls = tls;
        this.clock = clock;
    }

    /** @throws InvalidCertificateException if the gateway can't start with these files */
    @Override
    public void registerBundles(SslBundleRegistry registry) {
        if (!tls.isOn()) {
            return;
        }
        CertificateFiles files = CertificateFiles.read(tls);
        ServerCertificate certificate = files.parse();
        registry.registerBundle(BUNDLE, certificate.bundle());
        bundles = registry;
        used = files.fingerprint();
        report(certificate);
    }

    @Override
    protected Flux<Void> work() {
        return bundles == null
                ? Flux.never()
                : beats(tls.checkEvery())
                        .concatMap(
                                _ -> Mono.<Void>fromRunnable(this::check).subscribeOn(Schedulers.boundedElastic()), 1);
    }

    /** Waits for a second, equal reading: the two files are seldom replaced in the same moment. */
    private void check() {
        CertificateFiles files = CertificateFiles.read(tls);
        String now = files.fingerprint();
        if (now.equals(used)) {
            changed = null;
        } else if (now.equals(changed)) {
            changed = null;
            used = now;
            use(files);
        } else {
            changed = now;
        }
    }

    private void use(CertificateFiles files) {
        SslBundleRegistry registry = bundles;
        if (registry == null) {
            return;
        }
        try {
            ServerCertificate certificate = files.parse();
            registry.updateBundle(BUNDLE, certificate.bundle());
            report(certificate);
        } catch (RuntimeException unusable) {
            log.error(
                    "The new TLS certificate can't be used, the old one stays in use: {} Correct the files; they are"
                            + " read again every {}.",
                    unusable.getMessage(),
                    tls.checkEvery());
        }
    }

    private void report(ServerCertificate certificate) {
        Instant now = clock.instant();
        if (now.isAfter(certificate.validUntil()) || now.isBefore(certificate.validFrom())) {
            log.warn(
                    "The TLS certificate of {} is only valid from {} to {}: clients will refuse it. Replace its files;"
                            + " no restart is needed.",
                    certificate.subject(),
                    certificate.validFrom(),
                    certificate.validUntil());
        } else {
            log.info("TLS with the certificate of {}, valid until {}", certificate.subject(), certificate.validUntil());
        }
    }
}
