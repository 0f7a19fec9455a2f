package dev.frontdesk.gateway.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class OriginalRequestTest {

    private static final String PATH = "/api/v1/forward-auth";

    private static MockServerHttpRequest.BodyBuilder asked(HttpMethod method, String path) {
        return MockServerHttpRequest.method(method, URI.create("http://gateway" + path))
                .header("X-Forwarded-For", "198.51.100.7")
                .header("Origin", "https://shop.example");
    }

    private static void isPutOfTheShop(ServerHttpRequest original) {
        assertThat(original.getMethod()).isEqualTo(HttpMethod.PUT);
        assertThat(original.getURI()).hasToString("http://shop.example:8443/shop/a%20b?x=%2F");
        assertThat(original.getPath().value()).isEqualTo("/shop/a%20b");
        assertThat(original.getHeaders().get("Host")).containsExactly("shop.example:8443");
        assertThat(original.getHeaders().getFirst("Origin")).isEqualTo("https://shop.example");
        assertThat(original.getHeaders().getFirst("X-Forwarded-For")).isEqualTo("198.51.100.7");
    }

    @Test
    void isToldInForwardedHeaders() {
        isPutOfTheShop(OriginalRequest.in(asked(HttpMethod.GET, PATH)
                .header("Host", "gateway")
                .header("X-Forwarded-Method", "PUT")
                .header("X-Forwarded-Host", "shop.example:8443")
                .header("X-Forwarded-Uri", "/shop/a%20b?x=%2F")
                .build()));
    }

    @Test
    void isToldInOriginalHeadersAndHost() {
        isPutOfTheShop(OriginalRequest.in(asked(HttpMethod.GET, PATH)
                .header("Host", "shop.example:8443")
                .header("X-Forwarded-Host", "forged.example")
                .header("X-Original-Method", "PUT")
                .header("X-Original-URI", "/shop/a%20b?x=%2F")
                .build()));
    }

    @Test
    void isTheQuestionItselfWithoutThePrefix() {
        isPutOfTheShop(OriginalRequest.in(asked(HttpMethod.PUT, PATH + "/shop/a%20b?x=%2F")
                .header("Host", "shop.example:8443")
                .build()));
        var root = OriginalRequest.in(
                asked(HttpMethod.GET, PATH + "/").header("Host", "shop.example").build());
        assertThat(root.getURI()).hasToString("http://shop.example/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``       | shop.example | /shop/a",
                "get      | shop.example | /shop/a",
                "GET POST | shop.example | /shop/a",
                "AAAAAAAAAAAAAAAAAAAAA | shop.example | /shop/a",
                "GET | ``                  | /shop/a",
                "GET | shop.example, other | /shop/a",
                "GET | shop.example,other  | /shop/a",
                "GET | user@shop.example   | /shop/a",
                "GET | shop.example/a      | /shop/a",
                "GET | shop.example?a=     | /shop/a",
                "GET | shop.example#       | /shop/a",
                "GET | shop.example:x      | /shop/a",
                "GET | shop_.example       | /shop/a",
                "GET | shop.example | ``",
                "GET | shop.example | shop/a",
                "GET | shop.example | .evil.example/shop/a",
                "GET | shop.example | ?a=b",
                "GET | shop.example | http://shop.example/a",
                "GET | shop.example | /shop/a#b",
                "GET | shop.example | /shop/a b",
                "GET | shop.example | /shop/%zz",
                "GET | shop.example | /shop\\a",
            })
    void refusesWhatIsMalformed(String method, String host, String uri) {
        assertThat(refusal(method, host, uri).type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "//shop/a",
        "/shop//a",
        "/open/../shop/a",
        "/open/%2e%2e/shop/a",
        "/open/%2E./shop/a",
        "/open/.",
        "/open%2Fshop",
        "/open%5Cshop",
        "/open;a=b/shop",
        "/open/%00",
    })
    void refusesAPathThatCanBeReadInTwoWays(String uri) {
        assertThat(refusal("GET", "shop.example", uri).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    private static ProblemException refusal(String method, String host, String uri) {
        return refusal(asked(HttpMethod.GET, PATH)
                .header("X-Forwarded-Method", method)
                .header("X-Forwarded-Host", host)
                .header("X-Forwarded-Uri", uri));
    }

    private static ProblemException refusal(MockServerHttpRequest.BaseBuilder<?> asked) {
        var problem = catchThrowableOfType(ProblemException.class, () -> OriginalRequest.in(asked.build()));
        assertThat(problem).isNotNull();
        return problem;
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Method, X-Forwarded-Host",
        "X-Forwarded-Method, X-Forwarded-Uri",
        "X-Forwarded-Uri,    X-Forwarded-Host",
        "X-Original-Method,  Host",
        "X-Original-URI,     Host",
        "X-Forwarded-Host,   Host",
        "X-Forwarded-Method, X-Original-URI",
    })
    void refusesAQuestionInPart(String one, String other) {
        var problem =
                refusal(asked(HttpMethod.GET, PATH).header(one, valueOf(one)).header(other, valueOf(other)));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
        assertThat(problem.inOneLine()).contains("X-");
    }

    private static String valueOf(String header) {
        return header.endsWith("Method") ? "GET" : header.endsWith("Host") ? "shop.example" : "/shop/a";
    }

    /** One of them came from the client. */
    @ParameterizedTest
    @CsvSource({"X-Forwarded-Method", "X-Forwarded-Uri", "X-Original-Method", "X-Original-URI"})
    void refusesTwoForms(String addedByTheClient) {
        boolean traefik = addedByTheClient.startsWith("X-Original");
        var asked = asked(HttpMethod.GET, PATH)
                .header("Host", "shop.example")
                .header("X-Forwarded-Host", "shop.example")
                .header(traefik ? "X-Forwarded-Method" : "X-Original-Method", "GET")
                .header(traefik ? "X-Forwarded-Uri" : "X-Original-URI", "/shop/a");
        assertThat(OriginalRequest.in(asked.build()).getPath().value()).isEqualTo("/shop/a");

        var both = asked.header(addedByTheClient, valueOf(addedByTheClient));
        assertThat(refusal(both).type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void refusesAHeaderThatIsThereTwice() {
        var asked = asked(HttpMethod.GET, PATH)
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Uri", "/open", "/shop/a");

        assertThat(refusal(asked).inOneLine()).contains("X-Forwarded-Uri must be sent once");
    }

    @Test
    void refusesAQuestionThatDoesNotNameTheClient() {
        var asked =
                MockServerHttpRequest.get("http://gateway" + PATH + "/shop/a").header("Host", "shop.example");

        assertThat(refusal(asked).inOneLine()).contains("X-Forwarded-For must name the client");
    }

    @Test
    void doesNotRepeatWhatWasSent() {
        assertThat(refusal("GET", "shop.example", "/shop/a?token=secret word").inOneLine())
                .doesNotContain("secret");
    }
}
