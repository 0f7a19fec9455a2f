package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway with an application behind it, and the API of its operator. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8,::1",
            // Limits are counted in Redis, however busy the machine is.
            "frontdesk.gateway.limits.answer-within=5s",
        })
abstract class RunningApplication extends RunningGateway {

    static final String ROUTES = "/api/v1/admin/routes";

    static final Backend shop = new Backend();

    @Autowired
    private TestEnvironment environment;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void resetShop() {
        shop.reset();
        awaitSigningKey();
    }

    @AfterEach
    void removeRoutes() {
        putAll("[]").expectStatus().is2xxSuccessful();
    }

    /** A route to the shop below {@code /shop}, open to all. */
    String route(String... fields) {
        return """
                {"id": "shop", "paths": ["/shop/**"], "upstreams": [{"url": "%s"}], "allow": {"anonymous": true}%s}""".formatted(shop.url(), fields.length == 0 ? "" : ", " + String.join(", ", fields));
    }

    WebTestClient.ResponseSpec putAll(String routes) {
        return admin().put()
                .uri(ROUTES)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"routes\": " + routes + "}")
                .exchange();
    }

    JsonNode put(String routes) {
        return json.readTree(putAll(routes)
                .expectStatus()
                .is2xxSuccessful()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    WebTestClient admin() {
        return client().mutate()
                .defaultHeaders(headers -> headers.set("X-API-Key", operatorKey()))
                .build();
    }

    String operatorKey() {
        return environment.variable("FRONTDESK_OPERATOR_KEY");
    }

    WebTestClient.ResponseSpec get(String path, Consumer<HttpHeaders> headers) {
        return client().get()
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .headers(headers)
                .exchange();
    }
}
