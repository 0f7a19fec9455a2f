package dev.frontdesk.gateway.tls;

import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway with TLS, in front of a backend that is all services. */
final class Gateways {

    private static final TestEnvironment ENVIRONMENT = TestEnvironment.with(Server.REDIS, Server.KAFKA);

    private Gateways() {}

    static ConfigurableApplicationContext with(TestCertificates certificates, Backend services, String... settings) {
        return of(
                services,
                Stream.concat(
                                Stream.of(
                                        "frontdesk.gateway.tls.certificate=" + certificates.certificate(),
                                        "frontdesk.gateway.tls.key=" + certificates.key(),
                                        "frontdesk.gateway.tls.check-every=50ms"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    static ConfigurableApplicationContext of(Backend services, String... settings) {
        return Instances.gateway(ENVIRONMENT, services.url(), settings);
    }

    static HttpClient client(TestCertificates certificates, HttpClient.Version version)
            throws GeneralSecurityException {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(certificates.trust())
                .build();
    }

    static HttpRequest.Builder request(ConfigurableApplicationContext gateway, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + Instances.port(gateway) + path));
    }
}
