package dev.frontdesk.gateway.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.testsupport.http.TestClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The documented configuration of a real nginx. Needs nginx: {@code mvn verify -Pother-languages}. */
@Tag("other-languages")
class NginxIT extends RunningForwardAuth {

    private static final Consumer<HttpHeaders> NOTHING = _ -> {};

    private RunningNginx nginx;

    @BeforeEach
    void startNginx(@TempDir Path folder) throws IOException {
        nginx = RunningNginx.start(folder, "127.0.0.1:" + port, shop.url().substring("http://".length()));
    }

    @AfterEach
    void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }

    private WebTestClient.ResponseSpec get(String uri, Consumer<HttpHeaders> headers) {
        return send("GET", "shop.example", uri, headers, "");
    }

    private WebTestClient.ResponseSpec send(
            String method, String host, String uri, Consumer<HttpHeaders> headers, String body) {
        var request = TestClients.at(nginx.port())
                .responseTimeout(Duration.ofSeconds(60))
                .build()
                .method(HttpMethod.valueOf(method))
                .uri(URI.create("http://127.0.0.1:" + nginx.port() + uri))
                .headers(given -> given.set("Host", host))
                .headers(headers);
        return body.isEmpty() ? request.exchange() : request.bodyValue(body).exchange();
    }

    private static String shopFor(String allow, String... fields) {
        return route(allow, fields).replace("\"external\"", "\"host\": \"shop.example\", \"external\"");
    }

    @Test
    void tellsTheApplicationWhoCallsAndNothingElse() throws Exception {
        put(shopFor("\"any_account\": true", "\"identity_headers\": true"));
        var ada = callers.person("acme", "member");

        get(
                        "/shop/a%20b?x=%2F",
                        headers -> {
                            headers.setBearerAuth(ada.token());
                            headers.set("X-Frontdesk-Assertion", "forged");
                            headers.set("X-Frontdesk-Account", "forged");
                            headers.set("X-Frontdesk-Roles", "admin");
                            headers.set("X_Frontdesk_Account", "forged");
                        })
                .expectStatus()
                .isOk();

        var seen = shop.seenLast();
        assertThat(seen.uri()).isEqualTo("/shop/a%20b?x=%2F");
        assertThat(seen.headers().get("X-Frontdesk-Account"))
                .containsExactly(ada.account().toString());
        assertThat(seen.headers().get("X-Frontdesk-Tenant")).containsExactly("acme");
        assertThat(seen.headers().get("X-Frontdesk-Roles")).containsExactly("member");
        assertThat(seen.headers().get("X-Frontdesk-Assertion")).hasSize(1);
        var claims = SignedJWT.parse(seen.header("X-Frontdesk-Assertion")).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("shop");
        assertThat(claims.getSubject()).isEqualTo(ada.account().toString());
        assertThat(seen.headers().toString()).doesNotContain("forged", ada.token());
    }

    @Test
    void letsNoneOfTheClientsOwnHeadersStandForAnonymousCallers() {
        put(shopFor("\"anonymous\": true", "\"identity_headers\": true"));

        get("/shop/a", headers -> {
                    headers.set("X-Frontdesk-Account", "forged");
                    headers.set("X-Frontdesk-Roles", "admin");
                })
                .expectStatus()
                .isOk();

        assertThat(shop.seenLast().headers().headerNames()).doesNotContain("X-Frontdesk-Account", "X-Frontdesk-Roles");
    }

    @Test
    void refusesWhomTheRouteRefuses() {
        put(shopFor("\"roles\": [\"editor\"]"));

        get("/shop/a", NOTHING).expectStatus().isUnauthorized().expectHeader().exists("WWW-Authenticate");
        get("/shop/a", session("acme", "member")).expectStatus().isForbidden();
        get("/other", session("acme", "editor")).expectStatus().isNotFound();
        assertThat(shop.seen()).isEmpty();
        get("/shop/a", session("acme", "editor")).expectStatus().isOk();
    }

    @Test
    void passesARefusalOfTheLimitOn() {
        put(shopFor("\"any_account\": true", "\"limits\": {\"account\": {\"per_minute\": 1}}"));
        var member = session("acme", "member");

        get("/shop/a", member).expectStatus().isOk();
        get("/shop/a", member)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value("Retry-After", wait -> assertThat(wait).matches("[0-9]+"));
        assertThat(shop.seen()).hasSize(1);
    }

    /** They would lead to a route that anyone may use. */
    @ParameterizedTest
    @CsvSource({
        "X-Original-Method, GET",
        "X-Original-URI,    /open/a",
        "X-Forwarded-Uri,   /open/a",
        "X-Forwarded-Method, GET",
        "X-Forwarded-Host,  open.example",
        "X-Forwarded-For,   198.51.100.9",
    })
    void believesNoneOfTheHeadersOfAClient(String name, String value) {
        put(shopFor("\"any_account\": true") + ", "
                + route("\"anonymous\": true").replace("shop", "open") + ", "
                + route("\"anonymous\": true", "\"host\": \"open.example\"").replace("\"shop\"", "\"open-host\""));

        get("/open/a", headers -> headers.set(name, value)).expectStatus().isOk();
        get("/shop/a", headers -> headers.set(name, value)).expectStatus().isUnauthorized();
        // Whatever host a client names: this server is for the shop.
        send("GET", "open.example", "/shop/a", headers -> headers.set(name, value), "")
                .expectStatus()
                .isUnauthorized();
        assertThat(shop.seen()).hasSize(1);
    }

    @Test
    void passesNoHeaderOnThatMeansAnotherRequestOrCaller() throws IOException {
        put(shopFor("\"anonymous\": true"));
        var names = RunningNginx.headersToRemove();

        // The name of a tenant, because the gateway reads X-Tenant-Id.
        get("/shop/a", headers -> names.forEach(name -> headers.set(name, "acme")))
                .expectStatus()
                .isOk();

        assertThat(names).contains("X-HTTP-Method-Override", "X-Original-URL", "X-Real-IP", "X-Tenant-Id");
        assertThat(names).noneMatch(shop.seenLast().headers()::containsHeader);
    }

    @ParameterizedTest
    @CsvSource({"/open/../shop/a", "/open/%2e%2e/shop/a", "/open//../shop/a", "/open%2F..%2Fshop/a", "//shop/a"})
    void refusesPathsThatCanBeReadInTwoWays(String uri) {
        put(shopFor("\"any_account\": true") + ", "
                + route("\"anonymous\": true").replace("shop", "open"));

        get(uri, NOTHING).expectStatus().isNotFound();

        assertThat(shop.seen()).isEmpty();
    }

    @Test
    void refusesTheCookieOfAPageOfAnotherSite() {
        put(shopFor("\"any_account\": true"));
        String token = callers.person("acme", "member").token();
        Consumer<HttpHeaders> page = headers -> {
            headers.set("Cookie", "theme=dark; __Host-frontdesk-session=" + token + "; cart=7");
            headers.set("X-CSRF-Token", CsrfToken.of(token));
        };

        send(
                        "POST",
                        "shop.example",
                        "/shop/orders",
                        page.andThen(headers -> headers.set("Origin", "https://evil.example")),
                        "order")
                .expectStatus()
                .isForbidden();
        assertThat(shop.seen()).isEmpty();

        send(
                        "POST",
                        "shop.example",
                        "/shop/orders",
                        page.andThen(headers -> headers.set("Origin", "https://shop.example")),
                        "order")
                .expectStatus()
                .isOk();
        var seen = shop.seenLast();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(new String(seen.body(), UTF_8)).isEqualTo("order");
        assertThat(seen.header("Cookie")).isEqualTo("theme=dark; cart=7");
        assertThat(seen.headers().toString()).doesNotContain(token, CsrfToken.of(token));
    }

    @Test
    void publishesTheApiWithoutTheQuestions() {
        put(shopFor("\"anonymous\": true"));

        send("GET", "frontdesk.example", "/.well-known/openid-configuration", NOTHING, "")
                .expectStatus()
                .isOk();
        for (String path : new String[] {PATH, PATH + "/shop/a", "/api/v1//forward-auth", "/api/v1/forward%2Dauth"}) {
            send(
                            "GET",
                            "frontdesk.example",
                            path,
                            headers -> {
                                headers.set("X-Forwarded-Method", "GET");
                                headers.set("X-Forwarded-Host", "shop.example");
                                headers.set("X-Forwarded-Uri", "/shop/a");
                            },
                            "")
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .doesNotExist("X-Frontdesk-Assertion");
        }
    }
}
