package dev.frontdesk.gateway;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.backends.ReceivedRequest;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The gateway on its own port, with real Redis and Kafka, and backends instead of the services. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "frontdesk.gateway.limits.address.refill=100000",
            "frontdesk.gateway.limits.address.capacity=100000",
            "frontdesk.gateway.limits.address.per-minute=1000000000",
            "frontdesk.gateway.limits.account.refill=100000",
            "frontdesk.gateway.limits.account.capacity=100000",
        })
@WithServers({REDIS, KAFKA})
public abstract class RunningGateway {

    protected static final Backend registration = new Backend();
    protected static final SessionBackend sessions = new SessionBackend();
    protected static final Backend notification = new Backend();
    protected static final Backend cache = new Backend();

    @LocalServerPort
    protected int port;

    @Autowired
    private IdentityAssertions assertions;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("frontdesk.services.registration", registration::url);
        properties.add("frontdesk.services.session", sessions.http::url);
        properties.add("frontdesk.services.notification", notification::url);
        properties.add("frontdesk.services.cache", cache::url);
    }

    @BeforeEach
    void resetBackends() {
        registration.reset();
        sessions.reset();
        notification.reset();
        cache.reset();
    }

    protected WebTestClient client() {
        return TestClients.at(port).responseTimeout(Duration.ofSeconds(20)).build();
    }

    /** A gateway that has just started makes its first key. Until then requests for applications get 503. */
    protected void awaitSigningKey() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client().get()
                        .uri("/.well-known/jwks.json")
                        .exchange()
                        .returnResult(String.class)
                        .getResponseBody()
                        .any(keys -> keys.contains("\"kid\""))
                        .blockOptional()
                        .orElse(false));
    }

    /** The caller of this request according to the gateway's assertion. */
    protected Caller callerIn(ReceivedRequest seen) {
        return assertedIn(seen).caller();
    }

    protected Asserted assertedIn(ReceivedRequest seen) {
        return assertions
                .read(seen.header(Headers.IDENTITY))
                .orElseThrow(() -> new AssertionError("The assertion is not valid"));
    }
}
