package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@WithServers
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ProblemIT.Endpoints.class)
class ProblemIT {

    private static final String SECRET = "hunter2-hunter2";

    record Order(String productName, int count, @Nullable Order next) {}

    @RestController
    static class Endpoints {

        @PostMapping("/orders")
        Order order(@RequestBody Order order) {
            return order;
        }

        @GetMapping("/orders/{id}")
        String show(@PathVariable UUID id) {
            return id.toString();
        }

        @GetMapping("/failures/{kind}")
        Mono<String> fail(@PathVariable String kind) {
            return Mono.error(
                    switch (kind) {
                        case "outage" -> new ConnectException(SECRET);
                        case "overload" -> new RejectedExecutionException(SECRET);
                        case "limit" ->
                            new ProblemException(ProblemType.RATE_LIMITED, "Slow down.")
                                    .limited("per_minute", 10, 11)
                                    .retryAfter(Duration.ofMillis(1500));
                        default -> new IllegalStateException(SECRET);
                    });
        }
    }

    @Autowired
    private IdentityAssertions assertions;

    @LocalServerPort
    private int port;

    private WebTestClient client = TestClients.at(0).build();

    @BeforeEach
    void reachTheService() {
        client = TestClients.at(port)
                .defaultHeader(Headers.IDENTITY, assertions.sign(new Caller.Anonymous(TenantId.DEFAULT)))
                .build();
    }

    @Test
    void speaksSnakeCase() {
        post("{\"product_name\":\"tea\",\"count\":2}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"product_name\":\"tea\",\"count\":2}");
    }

    @Test
    void aMalformedIdInAPathIsNotFound() {
        String id = "0190d3c2-7f1e-7b3a-9c4d-2e5f6a7b8c9d";
        get("/orders/" + id).expectStatus().isOk().expectBody(String.class).isEqualTo(id);
        for (String malformed : List.of("none", "1-1-1-1-1", id + "0", " " + id)) {
            get("/orders/" + malformed)
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo(ProblemType.NOT_FOUND.uri().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"product_name\":\"tea\",                             | malformed-request |",
                "''                                                     | malformed-request |",
                "{\"product_name\":\"tea\",\"count\":2} x               | malformed-request |",
                "{\"product_name\":\"a\",\"product_name\":\"b\",\"count\":1} | malformed-request |",
                "{\"product_name\":\"tea\",\"count\":2,\"role\":\"x\"}  | invalid-request   | role",
                "{\"product_name\":\"tea\",\"count\":1,\"next\":{\"product_name\":\"x\",\"count\":1,\"a\":1}} |"
                        + " invalid-request | next.a",
                "{\"product_name\":\"tea\",\"count\":\"two\"}           | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":99999999999}        | invalid-request   | count",
                "{\"product_name\":\"tea\"}                             | invalid-request   | count",
                "{\"product_name\":{},\"count\":1}                      | invalid-request   | product_name",
                "{\"product_name\":17,\"count\":1}                      | invalid-request   | product_name",
                "{\"product_name\":1.5,\"count\":1}                     | invalid-request   | product_name",
                "{\"product_name\":true,\"count\":1}                    | invalid-request   | product_name",
                "{\"product_name\":\"tea\",\"count\":2.7}             | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":-0.9}            | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":2.0}             | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":1e400}           | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":\"2\"}           | invalid-request   | count",
                "{\"product_name\":\"tea\",\"count\":true}            | invalid-request   | count",
            })
    void refusesABadBody(String body, String type, @Nullable String field) {
        var problem = post(body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/" + type)
                .jsonPath("$.status")
                .isEqualTo(400)
                .jsonPath("$.instance")
                .isEqualTo("/orders");
        if (field != null) {
            problem.jsonPath("$.errors[0].field").isEqualTo(field);
        }
    }

    /** The work is done by then, and a result that is lost with a 406 may be available only once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html, application/xml;q=0.9",
                "application/json;q=0",
                "image/*",
                "application/vnd.api+json",
                "nonsense",
                ""
            })
    void answersJsonWhateverIsAccepted(String accept) {
        client.post()
                .uri("/orders")
                .header(HttpHeaders.ACCEPT, accept)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"product_name\":\"tea\",\"count\":2}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$.count")
                .isEqualTo(2);
        for (var path : new String[] {"/nothing", "/orders", "/failures/bug"}) {
            client.get()
                    .uri(path)
                    .header(HttpHeaders.ACCEPT, accept)
                    .exchange()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.status")
                    .value(it -> assertThat(it).isNotEqualTo(406));
        }
    }

    @Test
    void refusesUnreadParametersAndBodies() {
        get("/failures/outage?email=x")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("email");
        client.method(HttpMethod.GET)
                .uri("/failures/outage")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void repeatsNoLongName() {
        String name = "x".repeat(40_000);

        post("{\"product_name\":\"a\",\"count\":1,\"" + name + "\":1}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(name.substring(0, 100) + "…");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        post("{\"product_name\":\"" + "x".repeat(70_000) + "\",\"count\":1}")
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersWhatTheFrameworkRefuses() {
        get("/nothing").expectStatus().isNotFound().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
        get("/orders").expectStatus().isEqualTo(405).expectHeader().valueEquals(HttpHeaders.ALLOW, "POST");
        client.post()
                .uri("/orders")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("tea")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void saysThatAnOutageOrAnOverloadWillPass() {
        get("/failures/outage").expectStatus().isEqualTo(503).expectHeader().exists(HttpHeaders.RETRY_AFTER);
        get("/failures/overload").expectStatus().isEqualTo(503).expectHeader().exists(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void saysWhatALimitIs() {
        get("/failures/limit")
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "2")
                .expectBody()
                .json("""
                    {"error":"rate_limit_exceeded","reason":"per_minute","limit":10,"current":11,"retry_after":2}
                    """);
    }

    @Test
    void keepsTheReasonOfABugToItself() {
        for (var kind : new String[] {"bug", "outage", "overload"}) {
            assertThat(get("/failures/" + kind)
                            .expectStatus()
                            .is5xxServerError()
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody())
                    .contains("\"type\":\"https://frontdesk.dev/problems/")
                    .doesNotContain(SECRET);
        }
    }

    private WebTestClient.ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    private WebTestClient.ResponseSpec post(String body) {
        return client.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
