package dev.frontdesk.gateway.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys are published, and operators rotate them. */
@TestPropertySource(
        properties = {
            "frontdesk.signing.issuer=https://api.shop.example",
            "frontdesk.signing.published-before=1s",
        })
class SigningKeysIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEYS = "/api/v1/admin/signing-keys";

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private JsonMapper json;

    private WebTestClient operator() {
        return client().mutate()
                .defaultHeaders(headers -> headers.set("X-API-Key", environment.variable("FRONTDESK_OPERATOR_KEY")))
                .build();
    }

    private JsonNode read(WebTestClient.ResponseSpec response) {
        return json.readTree(response.expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private JsonNode rotate(String body) {
        return read(operator()
                .post()
                .uri(KEYS + "/rotate")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange());
    }

    private JsonNode published() {
        return read(client().get().uri("/.well-known/jwks.json").exchange()).get("keys");
    }

    private String signing() {
        for (JsonNode key : read(operator().get().uri(KEYS).exchange()).get("keys")) {
            if (key.get("signing").asBoolean()) {
                return key.get("kid").asString();
            }
        }
        throw new AssertionError("No key signs");
    }

    @Test
    void rotatesWithAnOverlap() {
        String former = signing();
        rotate("{}");
        assertThat(published().size()).isGreaterThanOrEqualTo(2);
        operator()
                .post()
                .uri(KEYS + "/rotate")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(409);

        await().atMost(LONG).until(() -> !signing().equals(former));
        assertThat(published().toString()).contains(former);

        String compromised = signing();
        rotate("{\"compromised\": true}");
        assertThat(signing()).isNotEqualTo(compromised);
        assertThat(published().size()).isEqualTo(1);
        assertThat(published().toString()).doesNotContain(former, compromised, "\"d\"");
    }

    @Test
    void isFoundByDiscoveryWhateverTheHostIs() {
        var discovery = read(client().get()
                .uri("/.well-known/openid-configuration")
                .header("Host", "evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .exchange());

        assertThat(discovery.get("issuer").asString()).isEqualTo("https://api.shop.example");
        assertThat(discovery.get("jwks_uri").asString()).isEqualTo("https://api.shop.example/.well-known/jwks.json");
        // A fifth of the second for which a new key is published before it signs.
        client().get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectHeader()
                .valueEquals("Cache-Control", "max-age=0, public");
    }

    @Test
    void isRotatedByOperatorsOnly() {
        String member = sessions.open("acme");
        client().post()
                .uri(KEYS + "/rotate")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client().get()
                .uri(KEYS)
                .headers(headers -> headers.setBearerAuth(member))
                .exchange()
                .expectStatus()
                .isForbidden();
        operator()
                .post()
                .uri(KEYS + "/rotate")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"now\": true}")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
