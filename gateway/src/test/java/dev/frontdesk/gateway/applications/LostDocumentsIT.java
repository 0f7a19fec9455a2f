package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.MediaType;

/** registration-service has an empty database while gateways run. */
class LostDocumentsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Test
    void keepsRoutesAndKeysAndStoresThemAgain() {
        put("[" + route() + "]");
        await().atMost(LONG)
                .until(() -> registration.document(GatewayDocument.SIGNING_KEYS).version() > 0);
        String keysBefore = registration.document(GatewayDocument.SIGNING_KEYS).content();

        registration.loseDocuments();
        redis.convertAndSend(GatewayDocumentKeys.changes(keys), "changed").block(LONG);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(registration
                                .document(GatewayDocument.SIGNING_KEYS)
                                .content())
                        .isEqualTo(keysBefore));
        // The routes are asked for after every change that is told, and stay.
        assertThat(json.readTree(admin().get()
                                .uri(ROUTES)
                                .exchange()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody())
                        .get("routes")
                        .size())
                .isEqualTo(1);
        get("/shop/a", _ -> {}).expectStatus().isOk();
        await().atMost(LONG).untilAsserted(() -> assertThat(healthOfRoutes()).isEqualTo("unhealthy"));

        admin().put()
                .uri(ROUTES + "/second")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(route().replace("\"id\": \"shop\", ", "").replace("/shop/**", "/second/**"))
                .exchange()
                .expectStatus()
                .isCreated();
        get("/shop/a", _ -> {}).expectStatus().isOk();
        get("/second/a", _ -> {}).expectStatus().isOk();
        assertThat(registration.document(GatewayDocument.ROUTES).version()).isEqualTo(1);
    }

    private String healthOfRoutes() {
        return json.readTree(client().get()
                        .uri("/health")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .get("documents")
                .get("routes")
                .asString();
    }
}
