package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frontdesk.gateway.upstreams.UpstreamAddressesFixture;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class RouteSetReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final RouteSetReader reader =
            new RouteSetReader(new RouteReader(UpstreamAddressesFixture.allowing("10.1.0.0/16")));

    @Test
    void fillsInWhatIsLeftOut() {
        ApplicationRoute route = read(route("")).getFirst();

        assertThat(route.audience()).isEqualTo("shop");
        assertThat(route.tenant()).isNull();
        assertThat(route.host().isAny()).isTrue();
        assertThat(route.methods()).isEmpty();
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(route.retries()).isEqualTo(1);
        assertThat(route.bodyLimit()).isEqualTo(1 << 20);
        assertThat(route.breaker()).isTrue();
        assertThat(route.websocket()).isFalse();
        assertThat(route.eventStream()).isFalse();
        assertThat(route.sticky()).isFalse();
        assertThat(route.compress()).isTrue();
        assertThat(route.openapi()).isNull();
        assertThat(route.cost()).isEqualTo(1);
    }

    /** The fields that come first in a JSON object are replaced by those that come later. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'id': null                                         | routes[0].id",
                "'id': 'Shop'                                       | routes[0].id",
                "'id': 'versions'                                   | routes[0].id",
                "'audience': ' '                                    | routes[0].audience",
                "'tenant': 'A'                                      | routes[0].tenant",
                "'host': 'a:80'                                     | routes[0].host",
                "'host': '*'                                        | routes[0].host",
                "'paths': null                                      | routes[0].paths",
                "'paths': []                                        | routes[0].paths",
                "'paths': [null]                                    | routes[0].paths[0]",
                "'paths': ['/shop/**', '/shop/{id}']                | routes[0].paths[1]",
                "'paths': ['/shop', '/shop']                        | routes[0].paths[1]",
                "'paths': ['/**']                                   | routes[0].paths[0]",
                "'paths': ['/*/shop']                               | routes[0].paths[0]",
                "'paths': ['/']                                     | routes[0].paths[0]",
                "'paths': ['/api/v1/shop']                          | routes[0].paths[0]",
                "'paths': ['/health/**']                            | routes[0].paths[0]",
                "'paths': ['/.well-known/acme-challenge/*']         | routes[0].paths[0]",
                "'paths': ['/ws'], 'host': 'shop.example'           | routes[0].paths[0]",
                "'methods': ['TRACE']                               | routes[0].methods[0]",
                "'methods': ['get']                                 | routes[0].methods[0]",
                "'upstreams': null                                  | routes[0].upstreams",
                "'upstreams': []                                    | routes[0].upstreams",
                "'upstreams': [null]                                | routes[0].upstreams[0].url",
                "'upstreams': [{}]                                  | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'ftp://a.example'}]          | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://a.example/b'}]       | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://u:p@a.example'}]     | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://2130706433'}]        | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://localhost'}]         | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://127.0.0.1'}]         | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://10.2.0.1'}]          | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://10.1.0.1:6379'}]     | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://10.1.0.9'}]          | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://169.254.169.254'}]   | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://[::ffff:169.254.169.254]'}] | routes[0].upstreams[0].url",
                "'upstreams': [{'url': 'http://a.example', 'weight': 101}] | routes[0].upstreams[0].weight",
                "'upstreams': [{'url': 'http://a.example', 'weight': 0}]   | routes[0].upstreams",
                "'upstreams': [{'url': 'http://a.example'}, {'url': 'http://a.example:80/'}] | routes[0].upstreams[1].url",
                "'strip_prefix': '/other'                           | routes[0].strip_prefix",
                "'strip_prefix': '/shop/'                           | routes[0].strip_prefix",
                "'add_prefix': 'v2'                                 | routes[0].add_prefix",
                "'add_prefix': '/..'                                | routes[0].add_prefix",
                "'add_prefix': '/*'                                 | routes[0].add_prefix",
                "'allow': null                                      | routes[0].allow",
                "'allow': {}                                        | routes[0].allow",
                "'allow': {'any_account': false}                       | routes[0].allow",
                "'allow': {'roles': ['A B']}                        | routes[0].allow.roles[0]",
                "'allow': {'any_account': true, 'scopes': ['application:read']} | routes[0].allow.scopes",
                "'allow': {'any_api_key': true, 'scopes': ['shop:read']}        | routes[0].allow.scopes[0]",
                "'limits': {'session': {'per_minute': 1}}           | routes[0].limits.session",
                "'limits': {'account': {}}                          | routes[0].limits.account",
                "'limits': {'account': null}                        | routes[0].limits.account",
                "'limits': {'account': {'per_minute': -1}}          | routes[0].limits.account",
                "'limits': {'account': {'capacity': 5}}             | routes[0].limits.account",
                "'limits': {'account': {'per_minute': 1, 'without_redis': 'maybe'}} | routes[0].limits.account.without_redis",
                "'cost': -1                                         | routes[0].cost",
                "'timeout_ms': 0                                    | routes[0].timeout_ms",
                "'timeout_ms': 600001                               | routes[0].timeout_ms",
                "'retries': 4                                       | routes[0].retries",
                "'body_limit_bytes': -1                             | routes[0].body_limit_bytes",
                "'request_headers': {'set': {'Host': 'a'}}          | routes[0].request_headers.set.Host",
                "'request_headers': {'set': {'X-Frontdesk-Account': 'a'}}   | routes[0].request_headers.set.X-Frontdesk-Account",
                "'request_headers': {'set': {'x_frontdesk.assertion': 'a'}} | routes[0].request_headers.set.x_frontdesk.assertion",
                "'request_headers': {'set': {'X-A': 'a\\r\\nb: c'}} | routes[0].request_headers.set.X-A",
                "'request_headers': {'set': {'X A': 'a'}}           | routes[0].request_headers.set.?",
                "'request_headers': {'set': {'X-A': 'a', 'x-a': 'b'}} | routes[0].request_headers.set.x-a",
                "'request_headers': {'set': {'X-A': null}}          | routes[0].request_headers.set.X-A",
                "'request_headers': {'remove': ['Content-Length']}  | routes[0].request_headers.remove[0]",
                "'response_headers': {'set': {'Set-Cookie': 'a'}}   | routes[0].response_headers.set.Set-Cookie",
                "'openapi': '/other/openapi.json'                   | routes[0].openapi",
                "'openapi': 'https://evil.example/openapi.json'     | routes[0].openapi",
                "'openapi': '/shop/*'                               | routes[0].openapi",
                "'openapi': '/shop/../openapi.json'                 | routes[0].openapi",
                "'openapi': '/shop/a?b'                             | routes[0].openapi",
                "'openapi': '/api/v1/shop', 'paths': ['/api/**']    | routes[0].openapi",
            })
    void refusesAWrongField(String fields, String field) {
        var problem = catchThrowableOfType(
                ProblemException.class, () -> read(route(", " + fields.strip().replace('\'', '"'))));

        assertThat(problem).isNotNull();
        assertThat(problem.isAbout(field.strip())).as(problem.inOneLine()).isTrue();
    }

    @Test
    void readsAnExternalRoute() {
        ApplicationRoute route = read(external("/health/**", "")).getFirst();

        assertThat(route.external()).isTrue();
        assertThat(route.servers()).isEmpty();
        // What is not of the same kind can't be taken for one another.
        assertThat(read(route(""), external("/shop/**", ""))).hasSize(2);
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> read(external("/a/*", ""), external("/a/*", ", \"id\": \"b\"")))
                        .isAbout("routes[1].paths[0]"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'upstreams': [{'url': 'http://10.1.0.1'}] | upstreams",
                "'sticky': true                            | sticky",
                "'preserve_host': false                    | preserve_host",
                "'strip_prefix': '/shop'                   | strip_prefix",
                "'add_prefix': '/v2'                       | add_prefix",
                "'timeout_ms': 1000                        | timeout_ms",
                "'retries': 1                              | retries",
                "'breaker': true                           | breaker",
                "'body_limit_bytes': 1000                  | body_limit_bytes",
                "'request_headers': {}                     | request_headers",
                "'response_headers': {}                    | response_headers",
                "'event_stream': true                      | event_stream",
                "'compress': false                         | compress",
                "'openapi': '/shop/openapi.json'           | openapi",
                "'paths': ['/**']                          | paths[0]",
                "'allow': null                             | allow",
            })
    void refusesWhatAnExternalRouteDoesNotDo(String fields, String field) {
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> read(external("/shop/**", ", " + fields.strip().replace('\'', '"'))));

        assertThat(problem).isNotNull();
        assertThat(problem.isAbout("routes[0]." + field.strip()))
                .as(problem.inOneLine())
                .isTrue();
    }

    private static String external(String path, String fields) {
        return "{\"id\": \"external\", \"external\": true, \"paths\": [\"%s\"], \"allow\": {\"any_account\": true}%s}"
                .formatted(path, fields);
    }

    @Test
    void tellsAllErrorsAtOnce() {
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> read(route(", \"id\": \"A\", \"cost\": -1"), route(", \"id\": \"b\", \"retries\": 9")));

        assertThat(problem.isAbout("routes[0].id")).isTrue();
        assertThat(problem.isAbout("routes[0].cost")).isTrue();
        assertThat(problem.isAbout("routes[1].retries")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'paths': ['/a/*']       | 'paths': ['/*/b'], 'host': 'a.example'              | true",
                "'paths': ['/a/*/c']     | 'paths': ['/a/b/*']                                 | false",
                "'paths': ['/a/*/c']     | 'paths': ['/a/b/*'], 'methods': ['POST']            | false",
                "'paths': ['/a/*/c'], 'methods': ['GET'] | 'paths': ['/a/b/*'], 'methods': ['POST'] | false",
                "'paths': ['/a/*'], 'methods': ['GET'] | 'paths': ['/a/*'], 'methods': ['POST'] | true",
                "'paths': ['/a/*'], 'methods': ['GET'] | 'paths': ['/a/*'], 'methods': ['HEAD', 'GET'] | false",
                "'paths': ['/a/**']      | 'paths': ['/a/**']                                  | false",
                "'paths': ['/a/**'], 'tenant': 'acme' | 'paths': ['/a/**'], 'tenant': 'other'  | false",
                "'paths': ['/a/**']      | 'paths': ['/a/**'], 'host': 'a.example'             | true",
                "'paths': ['/a/**']      | 'paths': ['/a/b/**', '/a/*']                        | true",
                "'paths': ['/a/**']      | 'paths': ['/b/**']                                  | true",
            })
    void refusesRoutesOfWhichNeitherIsMoreSpecific(String one, String other, boolean allowed) {
        String first = route(", " + one.replace('\'', '"')).replace("\"shop\"", "\"one\"");
        String second = route(", " + other.replace('\'', '"')).replace("\"shop\"", "\"other\"");
        var problem = catchThrowableOfType(ProblemException.class, () -> read(first, second));

        assertThat(problem == null).isEqualTo(allowed);
    }

    /** The one would get assertions that the other one accepts. */
    @Test
    void refusesTheAudienceOfAnotherApplication() {
        String first = route("");
        String other = ", \"id\": \"other\", \"paths\": [\"/other/**\"], \"audience\": \"shop\"";
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> read(first, route(other + ", \"upstreams\": [{\"url\": \"http://other.example\"}]")));

        assertThat(problem.isAbout("routes[1].audience")).isTrue();
        assertThat(read(first, route(other)))
                .as("another route to the same one")
                .hasSize(2);
    }

    /** Which application an external route leads to is known by its host only. */
    @ParameterizedTest
    @CsvSource({"a.example, a.example, true", "a.example, b.example, false"})
    void refusesTheAudienceOfAnotherExternalApplication(String one, String other, boolean allowed) {
        String first = external("/one", ", \"audience\": \"shop\", \"host\": \"" + one + "\"");
        String second = external("/other", ", \"audience\": \"shop\", \"host\": \"" + other + "\"")
                .replace("\"id\": \"external\"", "\"id\": \"second\"");

        var problem = catchThrowableOfType(ProblemException.class, () -> read(first, second));

        assertThat(problem == null || !problem.isAbout("routes[1].audience")).isEqualTo(allowed);
        assertThat(catchThrowableOfType(ProblemException.class, () -> read(first, route("")))
                        .isAbout("routes[1].audience"))
                .as("one that is also behind the gateway")
                .isTrue();
    }

    /** One of our own servers, and a network that is not allowed: which they are may change after a route was accepted. */
    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.0.9", "http://10.2.0.1", "http://10.1.0.1:6379"})
    void checksAddressesOfNewAndChangedRoutesOnly(String url) {
        List<RouteDraft> stored = drafts(route(", \"upstreams\": [{\"url\": \"" + url + "\"}]"));
        assertThat(reader.read(stored, stored, List.of()).getFirst().servers().keySet())
                .singleElement()
                .satisfies(server -> assertThat(server.toString()).startsWith(url));

        List<RouteDraft> changed = drafts(route(", \"cost\": 2, \"upstreams\": [{\"url\": \"" + url + "\"}]"));
        assertThat(catchThrowableOfType(ProblemException.class, () -> reader.read(changed, stored, List.of()))
                        .isAbout("routes[0].upstreams[0].url"))
                .isTrue();
    }

    @Test
    void refusesAnIdTwice() {
        var problem =
                catchThrowableOfType(ProblemException.class, () -> read(route(""), route(", \"paths\": [\"/other\"]")));

        assertThat(problem.isAbout("routes[1].id")).isTrue();
    }

    private List<ApplicationRoute> read(String... routes) {
        return reader.read(drafts(routes), List.of(), List.of());
    }

    private static List<RouteDraft> drafts(String... routes) {
        return JSON.readValue("{\"routes\": [" + String.join(",", routes) + "]}", RouteSources.Content.class)
                .all();
    }

    private static String route(String fields) {
        return """
                {"id": "shop", "paths": ["/shop/**"], "upstreams": [{"url": "http://shop.example"}],
                 "allow": {"anonymous": true}%s}""".formatted(fields);
    }
}
