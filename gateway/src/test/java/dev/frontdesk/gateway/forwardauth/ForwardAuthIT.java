package dev.frontdesk.gateway.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.tenants.KnownTenants;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** What proxies are answered that ask about requests of their clients. */
class ForwardAuthIT extends RunningForwardAuth {

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private KnownTenants tenants;

    @Autowired
    private JsonMapper json;

    private static final Consumer<HttpHeaders> NOTHING = _ -> {};

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    private Consumer<HttpHeaders> named(String who) {
        return switch (who) {
            case "anonymous" -> NOTHING;
            case "member" -> session("acme", "member");
            case "editor" -> session("acme", "editor");
            case "key" -> key("acme", "cache:read");
            case "reader" -> key("acme", "application:read");
            case "member+key" -> session("acme", "member").andThen(key("acme", "cache:read"));
            case "member+reader" -> session("acme", "member").andThen(key("acme", "application:read"));
            case "operator" -> operator();
            case "unknown" -> headers -> headers.setBearerAuth("fds_17_" + "A".repeat(43));
            default -> throw new AssertionError(who);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'anonymous': true                | anonymous     | 200",
                "'anonymous': true                | member        | 200",
                "'anonymous': true                | key           | 200",
                "'anonymous': true                | unknown       | 401",
                "'any_account': true                 | anonymous     | 401",
                "'any_account': true                 | unknown       | 401",
                "'any_account': true                 | member        | 200",
                "'any_account': true                 | reader        | 403",
                "'any_account': true                 | member+reader | 403",
                "'any_account': true                 | operator      | 403",
                "'roles': ['editor']              | member        | 403",
                "'roles': ['editor']              | editor        | 200",
                "'any_api_key': true                 | anonymous     | 401",
                "'any_api_key': true                 | member        | 403",
                "'any_api_key': true                 | key           | 200",
                "'any_api_key': true, 'scopes': ['application:read'] | key    | 403",
                "'any_api_key': true, 'scopes': ['application:read'] | reader | 200",
                "'any_account': true, 'any_api_key': true, 'scopes': ['application:read'] | member        | 200",
                "'any_account': true, 'any_api_key': true, 'scopes': ['application:read'] | member+key    | 403",
                "'any_account': true, 'any_api_key': true, 'scopes': ['application:read'] | member+reader | 200",
            })
    void letsInWhomTheRouteAllows(String allow, String who, int status) {
        put(route(allow.replace('\'', '"')));

        var answer = ask("/shop/a", named(who)).expectStatus().isEqualTo(status);

        if (status == 200) {
            answer.expectHeader().exists("X-Frontdesk-Assertion");
        } else {
            answer.expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectHeader()
                    .doesNotExist("X-Frontdesk-Assertion");
        }
        if (status == 401) {
            answer.expectHeader().exists("WWW-Authenticate");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void decidesByTheOriginalMethodHostAndPath(Form form) {
        put(route("\"anonymous\": true", "\"host\": \"shop.example\"", "\"methods\": [\"POST\"]"));

        ask(form, "POST", "shop.example:443", "/shop/a?x=1", NOTHING)
                .expectStatus()
                .isOk();
        ask(form, "POST", "shop.example.", "/shop/a", NOTHING).expectStatus().isOk();
        ask(form, "POST", "other.example", "/shop/a", NOTHING).expectStatus().isNotFound();
        ask(form, "POST", "shop.example", "/other", NOTHING).expectStatus().isNotFound();
        ask(form, "POST", "shop.example", "/open/%2e%2e/shop/a", NOTHING)
                .expectStatus()
                .isNotFound();
        ask(form, "GET", "shop.example", "/shop/a", NOTHING)
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "POST");
        // The application answers preflight requests, by a route of their own.
        ask(form, "OPTIONS", "shop.example", "/shop/a", headers -> {
                    headers.set("Origin", "https://page.example");
                    headers.set("Access-Control-Request-Method", "POST");
                })
                .expectStatus()
                .isEqualTo(405);
    }

    @Test
    void tellsTheApplicationWhoCalls() throws Exception {
        put(route("\"anonymous\": true", "\"audience\": \"shop-api\"", "\"identity_headers\": true"));
        var ada = callers.person("acme", "member");

        var answer = ask("/shop/a", headers -> {
            headers.setBearerAuth(logs.mustNotTell(ada.token()));
            headers.set("X-Frontdesk-Account", "forged");
        });

        answer.expectHeader()
                .valueEquals("X-Frontdesk-Account", ada.account().toString())
                .expectHeader()
                .valueEquals("X-Frontdesk-Tenant", "acme")
                .expectHeader()
                .valueEquals("X-Frontdesk-Roles", "member");
        var claims = assertionIn(answer);
        assertThat(claims.getAudience()).containsExactly("shop-api");
        assertThat(claims.getSubject()).isEqualTo(ada.account().toString());
        assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");

        // Empty rather than missing: a proxy copies them over those of the client.
        var anonymous = ask("/shop/a", headers -> headers.set("X-Frontdesk-Account", "forged"));
        anonymous
                .expectHeader()
                .valueEquals("X-Frontdesk-Account", "")
                .expectHeader()
                .valueEquals("X-Frontdesk-Tenant", "default");
        assertThat(assertionIn(anonymous).getStringClaim("kind")).isEqualTo("anonymous");
    }

    @Test
    void tellsNothingInPlainHeadersUnlessTheRouteSaysSo() {
        put(route("\"any_account\": true"));

        var answer = ask("/shop/a", session("acme", "member"));

        for (String name : new String[] {"X-Frontdesk-Account", "X-Frontdesk-Tenant", "X-Frontdesk-Roles"}) {
            answer.expectHeader().valueEquals(name, "");
        }
        assertThat(assertionIn(answer).getAudience()).containsExactly("shop");
    }

    /** 127.0.0.2 is a trusted proxy that publishes the gateway; 127.0.0.3 may ask, but is not trusted. */
    @ParameterizedTest
    @CsvSource({"FORWARDED, 127.0.0.2", "ORIGINAL, 127.0.0.2", "APPENDED, 127.0.0.2", "FORWARDED, 127.0.0.3"})
    void believesOnlyTrustedProxiesThatMayAsk(Form form, String address) {
        put(route("\"anonymous\": true"));
        var untrusted = TestClients.reading(WebTestClient.bindToServer(new ReactorClientHttpConnector(
                        HttpClient.create().bindAddress(() -> new InetSocketAddress(address, 0)))))
                .responseTimeout(Duration.ofSeconds(60))
                .build();
        String token = sessions.open("acme");

        ask(untrusted, form, "GET", "shop.example", "/shop/a", headers -> headers.setBearerAuth(token))
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("X-Frontdesk-Assertion")
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("frontdesk.gateway.forward-auth.proxies"));

        assertThat(sessions.lookUps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void refusesTheCookieOfAPageOfAnotherSite(Form form) {
        put(route("\"any_account\": true"));
        String token = logs.mustNotTell(callers.person("acme", "member").token());
        Consumer<HttpHeaders> cookie = headers -> headers.set("Cookie", "__Host-frontdesk-session=" + token);
        Consumer<HttpHeaders> proof = headers -> headers.set("X-CSRF-Token", CsrfToken.of(token));

        ask(form, "POST", "shop.example", "/shop/a", cookie).expectStatus().isForbidden();
        ask(form, "POST", "shop.example", "/shop/a", cookie.andThen(proof))
                .expectStatus()
                .isForbidden();
        ask(form, "POST", "shop.example", "/shop/a", cookie.andThen(proof).andThen(origin("https://evil.example")))
                .expectStatus()
                .isForbidden();
        ask(form, "PROPPATCH", "shop.example", "/shop/a", cookie).expectStatus().isForbidden();
        assertThat(sessions.lookUps()).isEmpty();

        ask(form, "POST", "shop.example", "/shop/a", cookie.andThen(proof).andThen(origin("https://shop.example")))
                .expectStatus()
                .isOk();
        ask(form, "GET", "shop.example", "/shop/a", cookie).expectStatus().isOk();
    }

    private static Consumer<HttpHeaders> origin(String origin) {
        return headers -> headers.set("Origin", origin);
    }

    /** Proxies do not pass Upgrade on. */
    @Test
    void opensNoSocketForAPageOfAnotherSite() {
        Consumer<HttpHeaders> handshake = session("acme", "member")
                .andThen(headers -> headers.set("Sec-WebSocket-Key", "ZnJvbnRkZXNrLWpvdXJuZXk="));
        put(route("\"any_account\": true"));
        ask("/shop/a", handshake).expectStatus().isForbidden();

        put(route("\"any_account\": true", "\"websocket\": true"));
        ask("/shop/a", handshake).expectStatus().isOk();
        ask("/shop/a", handshake.andThen(origin("https://shop.example")))
                .expectStatus()
                .isOk();
        ask("/shop/a", handshake.andThen(origin("https://evil.example")))
                .expectStatus()
                .isForbidden();
    }

    /** A browser sends the cookie whichever page opens the socket, and a tenant's pages are not ours. */
    @Test
    void opensNoSocketWithACookieForAPageOfATenant() {
        put(route("\"any_account\": true", "\"websocket\": true"));
        allowOrigin("small", "https://tenant.example");
        String token = callers.person("acme", "member").token();
        Consumer<HttpHeaders> handshake =
                origin("https://tenant.example").andThen(headers -> headers.set("Sec-WebSocket-Version", "13"));

        ask("/shop/a", handshake.andThen(headers -> headers.set("Cookie", "__Host-frontdesk-session=" + token)))
                .expectStatus()
                .isForbidden();
        ask("/shop/a", handshake.andThen(headers -> headers.setBearerAuth(token)))
                .expectStatus()
                .isOk();
    }

    private void allowOrigin(String tenant, String origin) {
        var record = new TenantRecord(tenant, 7, TenantRecord.ACTIVE, "standard", Quotas.NONE, List.of(origin));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            redis.convertAndSend(TenantKeys.changes(keys), json.writeValueAsString(record))
                    .block();
            return tenants.anyAllowsOrigin(origin);
        });
    }

    /** As with a slash at the end of the address that nginx asks. */
    @Test
    void refusesAQuestionWithAPathAndHeadersThatSayAnotherOne() {
        put(route("\"anonymous\": true"));
        for (String name : List.of("X-Original-URI", "X-Original-Method", "X-Forwarded-Uri", "X-Forwarded-Method")) {
            ask(Form.APPENDED, "GET", "shop.example", "/shop/a", headers -> headers.set(name, "/shop/b"))
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Test
    void isForTheCallersOfItsTenant() throws Exception {
        put(route("\"anonymous\": true", "\"tenant\": \"acme\""));

        assertThat(assertionIn(ask("/shop/a", NOTHING)).getStringClaim("tenant"))
                .isEqualTo("acme");
        ask("/shop/a", session("acme", "member")).expectStatus().isOk();
        ask("/shop/a", headers -> headers.set("X-Tenant-Id", "acme"))
                .expectStatus()
                .isOk();
        ask("/shop/a", headers -> headers.set("X-Tenant-Id", "other"))
                .expectStatus()
                .isForbidden();
        ask("/shop/a", session("other", "member")).expectStatus().isForbidden();
        ask("/shop/a", session("acme", "member").andThen(headers -> headers.set("X-Tenant-Id", "other")))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void takesTheCookieOfAnEndedSessionForNoneWhereAnyoneMayCome() throws Exception {
        Consumer<HttpHeaders> ended =
                headers -> headers.set("Cookie", "__Host-frontdesk-session=fds_17_" + "A".repeat(43));
        put(route("\"anonymous\": true"));
        assertThat(assertionIn(ask("/shop/a", ended)).getStringClaim("kind")).isEqualTo("anonymous");

        put(route("\"any_account\": true"));
        ask("/shop/a", ended).expectStatus().isUnauthorized();
    }

    @Test
    void countsEachRequestOnce() {
        put(route("\"anonymous\": true", "\"limits\": {\"account\": {\"per_minute\": 3}}"));
        var member = session("acme", "member");

        for (int i = 0; i < 3; i++) {
            ask("/shop/a", member)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .value("RateLimit", limit -> assertThat(limit).contains("\"app.shop-minute\""));
        }
        ask("/shop/a", member)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After")
                .expectHeader()
                .exists("RateLimit")
                .expectHeader()
                .doesNotExist("X-Frontdesk-Assertion")
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("per_minute");
        ask("/shop/a", session("acme", "member")).expectStatus().isOk();
    }

    @Test
    void countsAnonymousClientsByTheAddressThatTheProxyNames() {
        put(route("\"anonymous\": true", "\"limits\": {\"address\": {\"per_hour\": 1}}"));

        ask("/shop/a", from("203.0.113.1")).expectStatus().isOk();
        ask("/shop/a", from("203.0.113.1")).expectStatus().isEqualTo(429);
        ask("/shop/a", from("203.0.113.2, 203.0.113.1")).expectStatus().isEqualTo(429);
        ask("/shop/a", from("203.0.113.2")).expectStatus().isOk();
    }

    private static Consumer<HttpHeaders> from(String client) {
        return headers -> headers.set("X-Forwarded-For", client);
    }

    @Test
    void refusesAQuestionWithAQueryOrABody() {
        put(route("\"anonymous\": true"));

        client().get()
                .uri(PATH + "?audience=shop")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("audience");
        client().post()
                .uri(PATH)
                .bodyValue("order")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("body");
        client().get()
                .uri(PATH)
                .header("X-Forwarded-For", "198.51.100.7")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    /** The application's host may have paths that are Frontdesk's elsewhere, and its cookies count there too. */
    @Test
    void decidesAboutPathsThatFrontdeskHasToo() {
        put("""
                {"id": "shop", "external": true, "host": "shop.example", "paths": ["/**"], "allow": {"any_account": true}}""");
        String token = callers.person("acme", "member").token();

        ask(Form.FORWARDED, "GET", "shop.example", "/health", headers -> {
                    headers.set("Cookie", "__Host-frontdesk-session=" + token);
                })
                .expectStatus()
                .isOk();
        ask(Form.APPENDED, "GET", "shop.example", "/", NOTHING).expectStatus().isUnauthorized();
        ask(Form.APPENDED, "GET", "shop.example", "/api/v1/forward-auth", NOTHING)
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void keepsExternalRoutesApartFromOthers() {
        String own = """
                {"id": "own", "paths": ["/shop/**"], "upstreams": [{"url": "%s"}], "allow": {"anonymous": true}}""".formatted(shop.url());
        put(own);
        ask("/shop/a", NOTHING).expectStatus().isNotFound();

        put(route("\"any_account\": true"));
        client().get().uri("/shop/a").exchange().expectStatus().isNotFound();

        put(own + ", " + route("\"any_account\": true"));
        ask("/shop/a", NOTHING).expectStatus().isUnauthorized();
        client().get().uri("/shop/a").exchange().expectStatus().isOk();
        assertThat(shop.seen()).hasSize(1);
    }

    @Test
    void tellsWhichExternalRouteARequestWouldTake() {
        put(route("\"any_account\": true"));

        dryRun("true")
                .jsonPath("$.route")
                .isEqualTo("shop")
                .jsonPath("$.target")
                .doesNotExist();
        dryRun("false").jsonPath("$.route").doesNotExist();
    }

    private WebTestClient.BodyContentSpec dryRun(String external) {
        return client().post()
                .uri("/api/v1/admin/routes/dry-run")
                .headers(operator())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"url\": \"http://shop.example/shop/a\", \"external\": " + external + "}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
