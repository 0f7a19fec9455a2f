package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.restart.Instances;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Operators change the routes. */
class RouteControllerIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private TestEnvironment environment;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    private JsonNode read(WebTestClient.ResponseSpec response) {
        return json.readTree(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private JsonNode list() {
        return read(admin().get().uri(ROUTES).exchange());
    }

    private WebTestClient.ResponseSpec send(HttpMethod method, String path, String body) {
        return admin().method(method)
                .uri(ROUTES + path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    @Test
    void addsChangesAndDeletesOneRoute() {
        long before = list().get("version").asLong();

        JsonNode added = read(send(HttpMethod.PUT, "/shop", route().replace("\"id\": \"shop\", ", "")));
        assertThat(added.get("version").asLong()).isEqualTo(before + 1);
        assertThat(added.get("changed_at").asString()).endsWith("Z");
        assertThat(added.get("routes").size()).isEqualTo(1);
        get("/shop/a", _ -> {}).expectStatus().isOk();
        JsonNode shown = read(admin().get().uri(ROUTES + "/shop").exchange());
        assertThat(shown.get("id").asString()).isEqualTo("shop");
        assertThat(shown.has("tenant")).isFalse();

        read(send(HttpMethod.PUT, "/shop", route("\"methods\": [\"POST\"]")));
        get("/shop/a", _ -> {}).expectStatus().isEqualTo(405);
        assertThat(list().get("routes").size()).isEqualTo(1);

        admin().delete().uri(ROUTES + "/shop").exchange().expectStatus().isNoContent();
        get("/shop/a", _ -> {}).expectStatus().isNotFound();
        admin().delete().uri(ROUTES + "/shop").exchange().expectStatus().isNotFound();
        admin().get().uri(ROUTES + "/shop").exchange().expectStatus().isNotFound();
    }

    @Test
    void changesNothingIfAnyRouteIsWrong() {
        put("[" + route() + "]");
        long version = list().get("version").asLong();

        putAll("[" + route() + ", " + route().replace("\"shop\"", "\"other\"").replace("/shop/**", "/a//b") + "]")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("routes[1].paths[0]");
        send(HttpMethod.PUT, "/other", route().replace("\"id\": \"shop\", ", ""))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("routes[1].paths[0]");

        assertThat(list().get("version").asLong()).isEqualTo(version);
        get("/shop/a", _ -> {}).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT | '' | {}                                | routes",
                "PUT | '' | {'routes': null}                  | routes",
                "PUT | '' | {'routes': [null]}                | routes[0]",
                "PUT | '' | {'routes': [], 'based_on': -1}    | based_on",
                "PUT | '' | {'routes': [], 'version': 1}      | version",
                "PUT | '' | {'routes': [{'idd': 'a'}]}        | routes.[0].idd",
                "PUT | /a | {'id': 'b'}                       | id",
                "PUT | /a | {'paths': '/a'}                   | paths",
                "PUT | /a | {'cost': 99999999999}             | cost",
                "POST | /dry-run | {}                         | url",
                "POST | /dry-run | {'url': 'shop/a'}          | url",
                "POST | /dry-run | {'url': 'ftp://a/b'}       | url",
                "POST | /dry-run | {'url': 'http://a/b', 'method': 'get'} | method",
                "POST | /dry-run | {'url': 'http://a/b', 'routes': [{}]}  | routes[0].id",
            })
    void refusesAWrongBody(String method, String path, String body, String field) {
        send(HttpMethod.valueOf(method), path.replace("''", ""), body.replace('\'', '"'))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[?(@.field == '%s')]".formatted(field.strip()))
                .exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/versions/0", "/versions/999999", "/versions/a"})
    void knowsNoOtherVersion(String path) {
        admin().get().uri(ROUTES + path).exchange().expectStatus().isNotFound();
        admin().post().uri(ROUTES + path + "/restore").exchange().expectStatus().isNotFound();
    }

    @Test
    void isForOperatorsOnly() {
        String member = sessions.open("acme");
        client().get().uri(ROUTES).exchange().expectStatus().isUnauthorized();
        get(ROUTES, headers -> headers.setBearerAuth(member)).expectStatus().isForbidden();
        client().put()
                .uri(ROUTES)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"routes\": []}")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void restoresAFormerVersionAsANewOne() {
        long first = put("[" + route() + "]").get("version").asLong();
        put("[]");
        get("/shop/a", _ -> {}).expectStatus().isNotFound();

        JsonNode versions =
                read(admin().get().uri(ROUTES + "/versions").exchange()).get("versions");
        assertThat(versions.get(0).get("version").asLong()).isEqualTo(first + 1);
        assertThat(versions.get(1).get("version").asLong()).isEqualTo(first);
        JsonNode former = read(admin().get().uri(ROUTES + "/versions/" + first).exchange());
        assertThat(former.get("routes").get(0).get("id").asString()).isEqualTo("shop");

        JsonNode restored = read(
                admin().post().uri(ROUTES + "/versions/" + first + "/restore").exchange());
        assertThat(restored.get("version").asLong()).isEqualTo(first + 2);
        get("/shop/a", _ -> {}).expectStatus().isOk();
    }

    @Test
    void losesNoChangeOfSeveralAtOnce() {
        IntStream.range(0, 12)
                .parallel()
                .forEach(i -> send(
                                HttpMethod.PUT,
                                "/shop-" + i,
                                route().replace("\"id\": \"shop\", ", "").replace("/shop/**", "/shop-" + i + "/**"))
                        .expectStatus()
                        .isCreated());

        assertThat(list().get("routes").size()).isEqualTo(12);
    }

    @Test
    void refusesAChangeThatWasMadeFromAnotherVersion() {
        long version = put("[" + route() + "]").get("version").asLong();

        send(HttpMethod.PUT, "", "{\"routes\": [], \"based_on\": " + (version - 1) + "}")
                .expectStatus()
                .isEqualTo(409);
        get("/shop/a", _ -> {}).expectStatus().isOk();
        send(HttpMethod.PUT, "", "{\"routes\": [], \"based_on\": " + version + "}")
                .expectStatus()
                .isOk();
        get("/shop/a", _ -> {}).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /routes,                      503",
        "GET,    /routes/shop,                 503",
        "GET,    /routes/versions,             503",
        "GET,    /routes/versions/1,           503",
        "PUT,    /routes/shop,                 500",
        "DELETE, /routes/shop,                 503",
        "GET,    /signing-keys,                503",
        "POST,   /signing-keys/rotate,         502",
    })
    void answers503WhileRegistrationServiceCanNotWork(String method, String path, int status) {
        registration.failsWithDocuments(Answer.problem(status, "{}"));
        try {
            var request = admin().method(HttpMethod.valueOf(method)).uri("/api/v1/admin" + path);
            var answer = (switch (method) {
                        case "PUT" ->
                            request.contentType(MediaType.APPLICATION_JSON)
                                    .bodyValue(route().replace("\"id\": \"shop\", ", ""));
                        case "POST" ->
                            request.contentType(MediaType.APPLICATION_JSON).bodyValue("{}");
                        default -> request;
                    })
                    .exchange();

            answer.expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("https://frontdesk.dev/problems/unavailable");
        } finally {
            registration.reset();
        }
    }

    /** More than other bodies may have, and more than a WebClient reads if nothing says otherwise. */
    @Test
    void storesManyLongRoutesAndRefusesTooMany() {
        putAll(longRoutes(200)).expectStatus().is2xxSuccessful();
        assertListsLongRoutes(200);
        get("/shop-199/a", _ -> {}).expectStatus().isOk();

        putAll(longRoutes(300))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("routes");
        assertListsLongRoutes(200);
    }

    private void assertListsLongRoutes(int count) {
        admin().mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(GatewayDocument.LONGEST))
                .build()
                .get()
                .uri(ROUTES)
                .exchange()
                .expectBody()
                .jsonPath("$.routes.length()")
                .isEqualTo(count);
    }

    private String longRoutes(int count) {
        String header = "\"request_headers\": {\"set\": {\"X-Long\": \"" + "a".repeat(1900) + "\"}}";
        return IntStream.range(0, count)
                .mapToObj(
                        i -> route(header).replace("shop\"", "shop-" + i + "\"").replace("/shop/", "/shop-" + i + "/"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void tellsWhichRouteARequestWouldTake() {
        put("[" + route("\"methods\": [\"GET\"]", "\"strip_prefix\": \"/shop\"") + "]");

        JsonNode result = dryRun("GET", "https://anything.example/shop/a?b=c", null);
        assertThat(result.get("route").asString()).isEqualTo("shop");
        assertThat(result.get("target").asString()).isEqualTo("/a?b=c");
        assertThat(result.get("servers").get(0).asString()).isEqualTo(shop.url());
        assertThat(dryRun("HEAD", "http://a.example/shop", null).get("target").asString())
                .isEqualTo("/");
        assertThat(dryRun("POST", "http://a.example/shop", null)
                        .get("other_methods")
                        .get(0)
                        .asString())
                .isEqualTo("GET");
        assertThat(dryRun("GET", "http://a.example/api/v1/sessions", null)
                        .get("of_frontdesk")
                        .asBoolean())
                .isTrue();
        assertThat(dryRun("GET", "http://a.example/%61pi/v1/sessions", null)
                        .get("of_frontdesk")
                        .asBoolean())
                .isTrue();
        assertThat(dryRun("GET", "http://a.example/other", null).has("route")).isFalse();

        // With other routes, which do not take effect.
        String other = route("\"host\": \"*.shop.example\"").replace("/shop/**", "/**");
        assertThat(dryRun("GET", "http://eu.shop.example/x", "[" + other + "]")
                        .get("route")
                        .asString())
                .isEqualTo("shop");
        assertThat(dryRun("GET", "http://shop.example/x", "[" + other + "]").has("route"))
                .isFalse();
        get("/x", headers -> headers.set("Host", "eu.shop.example"))
                .expectStatus()
                .isNotFound();
        assertThat(shop.seen()).isEmpty();
    }

    private JsonNode dryRun(String method, String url, @Nullable String routes) {
        String more = routes == null ? "" : ", \"routes\": " + routes;
        return read(send(
                HttpMethod.POST, "/dry-run", "{\"method\": \"%s\", \"url\": \"%s\"%s}".formatted(method, url, more)));
    }

    @Test
    void takesTheMostSpecificHostAndPath() {
        put("[" + named("any", "", "/shop/**")
                + ", " + named("path", "", "/shop/sale/**")
                + ", " + named("domain", "*.example", "/**")
                + ", " + named("host", "shop.example", "/**") + "]");

        assertThat(routeOf("other.test", "/shop/a")).isEqualTo("any");
        assertThat(routeOf("other.test", "/shop/sale/a")).isEqualTo("path");
        assertThat(routeOf("eu.example", "/shop/sale/a")).isEqualTo("domain");
        assertThat(routeOf("SHOP.example:8080", "/")).isEqualTo("host");
        // The same name (RFC 1034, section 3.1): it must not take a route that lets others in.
        assertThat(routeOf("shop.example.", "/shop/a")).isEqualTo("host");
        assertThat(routeOf("shop.example.:8080", "/shop/a")).isEqualTo("host");
        // Frontdesk's own paths are the same on every host.
        get("/health", headers -> headers.set("Host", "shop.example"))
                .expectBody()
                .jsonPath("$.status")
                .exists();
    }

    private String named(String id, String host, String path) {
        String at = host.isEmpty() ? "" : "\"host\": \"" + host + "\",";
        return "{\"id\": \"%s\", %s \"paths\": [\"%s\"], \"upstreams\": [{\"url\": \"%s\"}], \"allow\": {\"anonymous\": true}, \"request_headers\": {\"set\": {\"X-Route\": \"%s\"}}}"
                .formatted(id, at, path, shop.url(), id);
    }

    private String routeOf(String host, String path) {
        get(path, headers -> headers.set("Host", host)).expectStatus().isOk();
        return shop.seenLast().header("X-Route");
    }

    /** The requests of a second gateway go on while routes change, and its routes change when Redis tells them. */
    @Test
    void changesRoutesOfAllGatewaysAndCutsNoRequest() {
        GatewayDocument before = documentOf(put("[" + route() + "]"));
        try (var other = Instances.gateway(
                environment, registration.url(), "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8")) {
            int otherPort = Instances.port(other);
            var running = new AtomicBoolean(true);
            var failed = new AtomicInteger();
            var answered = new AtomicInteger();
            var load = Thread.ofVirtual().start(() -> {
                while (running.get()) {
                    (statusAt(otherPort, "/shop/a") == 200 ? answered : failed).incrementAndGet();
                }
            });

            JsonNode changed = put("[" + route() + ", " + named("second", "", "/second/**") + "]");
            publish(documentOf(changed));
            await().atMost(LONG).until(() -> statusAt(otherPort, "/second/a") == 200);
            // A late message changes nothing.
            publish(before);
            for (int i = 0; i < 20; i++) {
                publish(documentOf(put("[" + route("\"timeout_ms\": " + (1000 + i)) + ", "
                        + named("second", "", "/second/**") + "]")));
            }
            running.set(false);
            joined(load);
            assertThat(statusAt(otherPort, "/second/a")).isEqualTo(200);
            assertThat(failed).hasValue(0);
            assertThat(answered.get()).isPositive();
        }
    }

    private static void joined(Thread load) {
        try {
            load.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static int statusAt(int gateway, String path) {
        return TestClients.at(gateway)
                .responseTimeout(LONG)
                .build()
                .get()
                .uri(path)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private GatewayDocument documentOf(JsonNode routes) {
        return new GatewayDocument(
                GatewayDocument.ROUTES,
                routes.get("version").asLong(),
                "{\"routes\":" + routes.get("routes") + "}",
                null);
    }

    private void publish(GatewayDocument document) {
        redis.convertAndSend(GatewayDocumentKeys.changes(keys), json.writeValueAsString(document))
                .block(LONG);
    }
}
