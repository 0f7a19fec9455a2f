package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A gateway that starts with routes that another one has accepted, and that are no longer right here. */
@ExtendWith(OutputCaptureExtension.class)
class StoredRoutesIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private TestEnvironment environment;

    private WebTestClient.ResponseSpec send(WebTestClient gateway, HttpMethod method, String path, String body) {
        return gateway.method(method)
                .uri(ROUTES + path)
                .header("X-API-Key", operatorKey())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String named(String id, String url) {
        return "{\"id\": \"%s\", \"paths\": [\"/%s/**\"], \"upstreams\": [{\"url\": \"%s\"}], \"allow\": {\"anonymous\": true}}"
                .formatted(id, id, url);
    }

    /** Its networks are fewer; an address that has become one of our own servers is refused by the same check. */
    @Test
    void usesRoutesWhoseAddressesAreNoLongerAllowedAndConnectsToNoneOfThem(CapturedOutput output) {
        String stored = put("[" + route() + ", " + named("other", "http://other.invalid") + "]")
                .get("routes")
                .get(0)
                .toString();
        try (var gateway = Instances.gateway(environment, registration.url())) {
            var client = TestClients.at(Instances.port(gateway))
                    .responseTimeout(LONG)
                    .build();

            client.get()
                    .uri("/shop/a")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(502)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(shop.seen()).isEmpty();
            assertThat(output.getAll())
                    .contains("The application of the route shop has no address that it may have here")
                    .contains("frontdesk.gateway.upstreams.allowed-networks");

            // Others can be changed. What is new or changed is checked.
            send(client, HttpMethod.PUT, "/other", named("other", "http://else.invalid"))
                    .expectStatus()
                    .isOk();
            send(client, HttpMethod.PUT, "/third", named("third", shop.url()))
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("routes[2].upstreams[0].url");
            send(client, HttpMethod.PUT, "/shop", route("\"timeout_ms\": 1000"))
                    .expectStatus()
                    .isBadRequest();
            String tried = "{\"url\": \"http://a/third/a\", \"routes\": [%s, %s]}";
            send(client, HttpMethod.POST, "/dry-run", tried.formatted(stored, named("third", "http://third.invalid")))
                    .expectStatus()
                    .isOk();
            send(client, HttpMethod.POST, "/dry-run", tried.formatted(stored, named("third", shop.url())))
                    .expectStatus()
                    .isBadRequest();
            send(client, HttpMethod.PUT, "", "{\"routes\": [%s, %s]}".formatted(stored, named("third", shop.url())))
                    .expectStatus()
                    .isBadRequest();
            send(client, HttpMethod.PUT, "", "{\"routes\": [%s]}".formatted(stored))
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void saysWhyItCanNotUseThem(@TempDir Path folder, CapturedOutput output) throws IOException {
        put("[" + route() + "]");
        Path file = Files.writeString(
                folder.resolve("routes.yml"),
                "routes: [" + named("of-file", shop.url()).replace("/of-file/**", "/shop/**") + "]");
        try (var gateway = Instances.gateway(
                environment,
                registration.url(),
                "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8",
                "frontdesk.gateway.health.every=100ms",
                "frontdesk.gateway.routes.file=" + file)) {
            var client = TestClients.at(Instances.port(gateway))
                    .responseTimeout(LONG)
                    .build();

            assertThat(output.getAll())
                    .contains(
                            "of the document routes can't be used, and none is in use: routes[0].paths[0] overlaps with")
                    .contains("The document routes can't be used: routes[0].paths[0] overlaps with")
                    .doesNotContain("until registration-service or Redis answers");
            await().atMost(LONG)
                    .untilAsserted(() -> client.get()
                            .uri("/health")
                            .exchange()
                            .expectBody()
                            .jsonPath("$.documents.routes")
                            .isEqualTo("unhealthy"));
            client.get().uri("/shop/a").exchange().expectStatus().isOk();
            client.get().uri("/else/a").exchange().expectStatus().isEqualTo(503);

            send(client, HttpMethod.DELETE, "/shop", "").expectStatus().isNoContent();
            client.get().uri("/else/a").exchange().expectStatus().isNotFound();
        }
    }
}
