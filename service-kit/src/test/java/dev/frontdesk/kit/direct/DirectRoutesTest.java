package dev.frontdesk.kit.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.kit.identity.Permission;
import dev.frontdesk.kit.web.Takes;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

class DirectRoutesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @RestController
    static class Shelf {

        @DirectHandler
        @GetMapping("/shelf/{room}/{*book}")
        Mono<Void> read(ServerWebExchange exchange) {
            return exchange.getResponse().setComplete();
        }

        @DirectHandler
        @Takes(body = true)
        @PostMapping(path = "/lend", consumes = FORM)
        Mono<Void> lend(ServerWebExchange exchange) {
            return exchange.getResponse().setComplete();
        }

        @DeleteMapping("/shelf/{room}/{*book}")
        void remove() {}

        @GetMapping("/shelf/{room}/{book}/cover")
        void cover() {}

        @PostMapping("/shelf/{room}/{book}/loan")
        void loan() {}
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /shelf/a/b/c,  , true",
        "GET,    /shelf/a/b?x=1, , true",
        "HEAD,   /shelf/a/b,    , false",
        "DELETE, /shelf/a/b,    , false",
        "GET,    /shelves/a/b,  , false",
        "POST,   /lend,   application/x-www-form-urlencoded, true",
        "POST,   /lend?x, application/x-www-form-urlencoded, true",
        "POST,   /lend,   application/json, false",
        "POST,   /lend,   , false",
        "POST,   /lend/,  application/x-www-form-urlencoded, false",
        "POST,   /l%65nd, application/x-www-form-urlencoded, false"
    })
    void findsWhatIsAsOrdinaryAsMostRequests(String method, String path, String contentType, boolean direct) {
        var request = MockServerHttpRequest.method(HttpMethod.valueOf(method), URI.create(path));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }

        assertThat(routesOf(Shelf.class).find(request.build()) != null).isEqualTo(direct);
    }

    @Test
    void leavesPatternAndVariablesInTheExchange() {
        var exchange =
                MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create("/shelf/a/b%20c")));

        var route = routesOf(Shelf.class).find(exchange.getRequest());

        assertThat(route).isNotNull();
        assertThat(route.match(exchange)).isTrue();
        assertThat(exchange.<Object>getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .hasToString("/shelf/{room}/{*book}");
        assertThat(exchange.<Object>getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .isEqualTo(Map.of("room", "a", "book", "/b c"));
        var tooShort = MockServerWebExchange.from(MockServerHttpRequest.get("/shelf/"));
        assertThat(route.match(tooShort)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/shelf/a/b/cover,     false",
        "/shelf/a/b/c%6Fver,   false",
        "/shelf/a/b/cover;x=y, false",
        "/shelf/a/b/loan,      true",
        "/shelf/a/cover,       true",
        "/shelf/a/b/c/cover,   true"
    })
    void leavesToSpringWhatAMoreSpecificHandlerOfTheMethodTakes(String path, boolean direct) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)));

        var route = routesOf(Shelf.class).find(exchange.getRequest());

        assertThat(route).isNotNull();
        assertThat(route.match(exchange)).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(classes = {TakesArguments.class, HasConditions.class})
    void aServiceDoesNotStartWithOneThatCanNotBeUsedDirectly(Class<?> controller) {
        assertThatIllegalStateException().isThrownBy(() -> routesOf(controller));
    }

    @RestController
    static class TakesArguments {

        @DirectHandler
        @GetMapping("/a")
        Mono<Void> read(ServerWebExchange exchange, String more) {
            return Mono.empty();
        }
    }

    @RestController
    static class HasConditions {

        @DirectHandler
        @GetMapping(path = "/a", headers = "X-Version=2")
        Mono<Void> read(ServerWebExchange exchange) {
            return Mono.empty();
        }
    }

    private static DirectRoutes routesOf(Class<?> controller) {
        try (var context = new GenericApplicationContext()) {
            context.registerBean(controller);
            context.refresh();
            var mappings = new RequestMappingHandlerMapping();
            mappings.setApplicationContext(context);
            mappings.afterPropertiesSet();
            return DirectRoutes.of(mappings.getHandlerMethods(), (_, _) -> Permission.of(Audience.EVERYONE));
        }
    }
}
