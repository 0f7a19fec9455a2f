package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frontdesk.gateway.upstreams.UpstreamAddressesFixture;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How large routes may be, and what is not theirs. */
class RouteBoundsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final RouteSetReader reader =
            new RouteSetReader(new RouteReader(UpstreamAddressesFixture.allowing("10.1.0.0/16")));

    private static List<RouteDraft> drafts(String routes) {
        return JSON.readValue("{\"routes\": [" + routes + "]}", RouteSources.Content.class)
                .all();
    }

    /** @param fields replace those that are left out here */
    private static String route(String id, String fields) {
        return """
                {"id": "%s", "paths": ["/%s/**"], "upstreams": [{"url": "http://shop.example"}],
                 "allow": {"anonymous": true}%s}""".formatted(id, id, fields);
    }

    private static String many(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(","));
    }

    private static String routes(int count) {
        return many(count, i -> route("shop-" + i, ""));
    }

    private static String texts(int count) {
        return many(count, i -> "\"X-" + i + "\"");
    }

    private void assertRefuses(String routes, List<ApplicationRoute> fixed, String field) {
        var problem = catchThrowableOfType(ProblemException.class, () -> reader.read(drafts(routes), List.of(), fixed));

        assertThat(problem).isNotNull();
        assertThat(problem.isAbout(field)).as(problem.inOneLine()).isTrue();
    }

    private void assertAccepts(String routes) {
        assertThat(reader.read(drafts(routes), List.of(), List.of())).isNotEmpty();
    }

    @Test
    void boundsTheRoutesOfAllSources() {
        List<ApplicationRoute> all = reader.read(drafts(routes(RouteSetReader.MOST_ROUTES)), List.of(), List.of());
        assertThat(all).hasSize(500);

        assertRefuses(routes(RouteSetReader.MOST_ROUTES + 1), List.of(), "routes");
        assertRefuses(route("another", ""), all, "routes");
    }

    @Test
    void boundsThePathsOfAllRoutes() {
        String full = many(
                80, i -> route("full-" + i, ", \"paths\": [" + many(25, j -> "\"/full-" + i + "/" + j + "\"") + "]"));
        List<ApplicationRoute> all = reader.read(drafts(full), List.of(), List.of());

        assertRefuses(full + ", " + route("another", ""), List.of(), "routes");
        assertRefuses(route("another", ""), all, "routes");
    }

    /** Each of 200 routes has the path of all before it. */
    @Test
    void boundsTheErrors() {
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> reader.read(
                        drafts(many(200, i -> route("shop-" + i, ", \"paths\": [\"/shop\"]"))), List.of(), List.of()));

        assertThat(problem.isAbout("routes[1].paths[0]")).isTrue();
        assertThat(problem.isAbout("routes[199].paths[0]")).isFalse();
    }

    @Test
    void comparesWithTheRoutesOfAnotherSource() {
        List<ApplicationRoute> fixed = reader.read(drafts(route("shop", "")), List.of(), List.of());

        assertRefuses(route("shop", ", \"paths\": [\"/other\"]"), fixed, "routes[0].id");
        assertRefuses(route("other", ", \"paths\": [\"/shop/**\"]"), fixed, "routes[0].paths[0]");
        assertRefuses(
                route("other", ", \"audience\": \"shop\", \"upstreams\": [{\"url\": \"http://other.example\"}]"),
                fixed,
                "routes[0].audience");
    }

    @Test
    void boundsTheEntriesOfAList() {
        assertBounds(32, count -> "\"paths\": [" + many(count, i -> "\"/shop/" + i + "\"") + "]", "paths");
        assertBounds(
                32,
                count -> "\"upstreams\": [" + many(count, i -> "{\"url\": \"http://shop-" + i + ".example\"}") + "]",
                "upstreams");
        assertBounds(
                32, count -> "\"response_headers\": {\"remove\": [" + texts(count) + "]}", "response_headers.remove");
        assertBounds(
                32,
                count -> "\"request_headers\": {\"set\": {" + many(count, i -> "\"X-" + i + "\": \"a\"") + "}}",
                "request_headers.set");
    }

    @Test
    void boundsTheLengthsOfTexts() {
        assertBounds(500, length -> "\"paths\": [\"/" + "a".repeat(length - 1) + "\"]", "paths[0]");
        assertBounds(
                2000,
                length -> "\"request_headers\": {\"set\": {\"X-A\": \"" + "a".repeat(length) + "\"}}",
                "request_headers.set.X-A");
        assertBounds(
                100,
                length -> "\"response_headers\": {\"remove\": [\"" + "a".repeat(length) + "\"]}",
                "response_headers.remove[0]");
    }

    private void assertBounds(int most, IntFunction<String> field, String name) {
        assertAccepts(route("shop", ", " + field.apply(most)));
        assertRefuses(route("shop", ", " + field.apply(most + 1)), List.of(), "routes[0]." + name);
    }

    /** They say where a message ends, who calls, or what the gateway has done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Content-Length",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Upgrade",
                "TE",
                "Trailer",
                "Expect",
                "Proxy-Connection",
                "Via",
                "Set-Cookie",
                "Cookie",
                "Date",
                "X-Frontdesk-Assertion",
                "x_frontdesk.tenant",
            })
    void leavesSomeHeadersAlone(String name) {
        for (String field : new String[] {"request_headers", "response_headers"}) {
            assertRefuses(
                    route("shop", ", \"%s\": {\"set\": {\"%s\": \"a\"}}".formatted(field, name)),
                    List.of(),
                    "routes[0]." + field + ".set." + name);
            assertRefuses(
                    route("shop", ", \"%s\": {\"remove\": [\"%s\"]}".formatted(field, name)),
                    List.of(),
                    "routes[0]." + field + ".remove[0]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/shop, true",
        "/api/v2/shop, false",
        "/users/register, true",
        "/users/verify-email, true",
        "/users/ada, false",
        "/resend-verification, true",
        "/health, true",
        "/health/redis, true",
        "/ws, true",
        "/ws/a, false",
        "/docs, true",
        "/docs/api, true",
        "/console/index.html, true",
        "/preferences/mail, true",
        "/clients/frontdesk.js, true",
        "/clients/shop.js, false",
        "/.well-known/jwks.json, true",
        "/internal/a, true",
        "/actuator/health, true",
        "/shop, false",
    })
    void leavesThePathsOfFrontdeskAlone(String path, boolean own) {
        assertThat(OwnPaths.include(path)).isEqualTo(own);
        if (own) {
            assertRefuses(route("shop", ", \"paths\": [\"" + path + "\"]"), List.of(), "routes[0].paths[0]");
        } else {
            assertAccepts(route("shop", ", \"paths\": [\"" + path + "\"]"));
        }
    }
}
