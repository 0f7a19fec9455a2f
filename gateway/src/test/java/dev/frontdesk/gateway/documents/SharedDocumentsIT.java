package dev.frontdesk.gateway.documents;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that starts while registration-service is away. */
@WithServers(value = KAFKA, own = REDIS)
@ExtendWith(OutputCaptureExtension.class)
class SharedDocumentsIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private JsonMapper json;

    private final Backend shop = new Backend();

    @AfterEach
    void stop() {
        shop.stop();
        redis.delete(GatewayDocumentKeys.copy(keys)).block(LONG);
    }

    private static WebTestClient at(int gateway) {
        return TestClients.at(gateway).responseTimeout(LONG).build();
    }

    @Test
    void readsTheCopyInRedis() {
        for (String name : new String[] {GatewayDocument.ROUTES, GatewayDocument.SIGNING_KEYS}) {
            copy(name);
        }
        try (var gateway = Instances.gateway(
                environment, "http://127.0.0.1:1", "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8")) {
            at(Instances.port(gateway))
                    .get()
                    .uri("/shop/a")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        assertThat(shop.seenLast().header("X-Frontdesk-Assertion")).isNotEmpty();
    }

    @Test
    void servesItsOwnPathsAndSaysSoWithNeither() {
        try (var gateway =
                Instances.gateway(environment, "http://127.0.0.1:1", "frontdesk.gateway.health.every=100ms")) {
            WebTestClient client = at(Instances.port(gateway));

            client.get().uri("/shop/a").exchange().expectStatus().isEqualTo(503);
            // An empty set of keys would be stored by applications.
            client.get()
                    .uri("/.well-known/jwks.json")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "2");
            client.get()
                    .uri("/.well-known/openid-configuration")
                    .exchange()
                    .expectStatus()
                    .isOk();
            await().atMost(LONG)
                    .untilAsserted(() -> client.get()
                            .uri("/health")
                            .exchange()
                            .expectBody()
                            .jsonPath("$.documents.routes")
                            .isEqualTo("unhealthy"));
        }
    }

    @Test
    void namesWhatIsNotKnown(CapturedOutput output) {
        copy(GatewayDocument.ROUTES);

        try (var gateway = Instances.gateway(
                environment, "http://127.0.0.1:1", "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8")) {
            assertThat(Instances.port(gateway)).isPositive();
        }

        assertThat(output.getAll()).contains("Not known after PT10S: signing-keys. Requests");
    }

    /** The database is empty, and the key that encrypted the copy in Redis is not known any more. */
    @Test
    void makesNewKeysIfItCanNotOpenTheCopy(CapturedOutput output) {
        awaitSigningKey();
        String ofAnother = registration
                .document(GatewayDocument.SIGNING_KEYS)
                .content()
                .replace("\"kid\":\"", "\"kid\":\"another-");
        copy(GatewayDocument.SIGNING_KEYS, ofAnother);

        try (var gateway = Instances.gateway(environment, shop.url())) {
            await().atMost(LONG)
                    .untilAsserted(() -> at(Instances.port(gateway))
                            .get()
                            .uri("/.well-known/jwks.json")
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .expectBody()
                            .jsonPath("$.keys.length()")
                            .isEqualTo(1));
        }

        assertThat(shop.document(GatewayDocument.SIGNING_KEYS).content()).doesNotContain("another-");
        assertThat(output.getAll()).containsOnlyOnce("The copy of the signing keys in Redis can't be opened");
    }

    private void copy(String name) {
        copy(
                name,
                name.equals(GatewayDocument.ROUTES)
                        ? """
                        {"routes": [{"id": "shop", "paths": ["/shop/**"], "upstreams": [{"url": "%s"}],
                         "allow": {"anonymous": true}}]}""".formatted(shop.url())
                        : registration.document(name).content());
    }

    private void copy(String name, String content) {
        var document = new GatewayDocument(name, 1, content, Instant.parse("2026-11-30T12:00:00Z"));
        redis.<String, String>opsForHash()
                .put(GatewayDocumentKeys.copy(keys), name, json.writeValueAsString(document))
                .block(LONG);
    }
}
