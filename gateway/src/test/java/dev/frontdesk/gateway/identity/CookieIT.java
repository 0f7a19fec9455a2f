package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.ReceivedRequest;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.testsupport.logs.NoSecretsInLogs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class CookieIT extends RunningGateway {

    private static final String SESSION = "__Host-frontdesk-session";
    private static final String CSRF = "__Host-frontdesk-csrf";
    private static final String DEVICE = "__Host-frontdesk-device";
    private static final String CACHE = "/api/v1/cache/names/a";
    private static final String LOGIN = "/api/v1/sessions";

    @RegisterExtension
    final NoSecretsInLogs logs = new NoSecretsInLogs();

    @Test
    void saysWhoseSessionItIsAndKeepsAllCookies() {
        String token = logs.mustNotTell(sessions.open("acme"));

        send("GET", CACHE, Map.of(), cookie(SESSION, token) + "; theme=dark; " + cookie(CSRF, CsrfToken.of(token)))
                .expectStatus()
                .isOk();

        ReceivedRequest seen = cache.seenLast();
        assertThat(callerIn(seen)).isEqualTo(sessions.session(token));
        assertThat(seen.headers().toString()).doesNotContain(token, "theme", CsrfToken.of(token));
    }

    @Test
    void changesNothingForAPageThatDoesNotShowThatItMay() {
        String token = logs.mustNotTell(sessions.open("default"));
        String csrf = logs.mustNotTell(CsrfToken.of(token));
        String cookies = cookie(SESSION, token) + "; " + cookie(CSRF, csrf);
        String here = "http://127.0.0.1:" + port;

        send("PUT", CACHE, Map.of(), cookies).expectStatus().isForbidden();
        send("PUT", CACHE, Map.of("X-CSRF-Token", csrf), cookies).expectStatus().isForbidden();
        send("PUT", CACHE, Map.of("Origin", here), cookies).expectStatus().isForbidden();
        send("PUT", CACHE, Map.of("Origin", "https://evil.example", "X-CSRF-Token", csrf), cookies)
                .expectStatus()
                .isForbidden();
        send("PUT", CACHE, Map.of("Sec-Fetch-Site", "cross-site", "X-CSRF-Token", csrf), cookies)
                .expectStatus()
                .isForbidden();
        assertThat(cache.seen()).isEmpty();
        // Refused without a look-up: a page of another site costs session-service nothing.
        assertThat(sessions.lookUps()).isEmpty();

        send("PUT", CACHE, Map.of("Origin", here, "X-CSRF-Token", csrf), cookies)
                .expectStatus()
                .isOk();
        send("PUT", CACHE, Map.of("Sec-Fetch-Site", "same-origin", "X-CSRF-Token", csrf), cookies)
                .expectStatus()
                .isOk();
        assertThat(callerIn(cache.seenLast())).isEqualTo(sessions.session(token));
        assertThat(cache.seenLast().headers().containsHeader("X-CSRF-Token")).isFalse();
    }

    @Test
    void asksNoTokenOfAPageWhereTheSessionIsShown() {
        String token = sessions.open("default");

        send("PUT", CACHE, Map.of("Authorization", "Bearer " + token, "Origin", "https://evil.example"), null)
                .expectStatus()
                .isOk();
    }

    @Test
    void takesNoneOfTwoSessions() {
        String mine = sessions.open("default");
        String planted = sessions.open("default");

        send("GET", CACHE, Map.of(), cookie(SESSION, planted) + "; " + cookie(SESSION, mine))
                .expectStatus()
                .isUnauthorized();
        assertThat(sessions.lookUps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void takesTheCookiesOfAnEndedSessionBack(String method) {
        String token = logs.mustNotTell(SessionBackend.newToken());
        var shown = Map.of("Sec-Fetch-Site", "same-origin", "X-CSRF-Token", CsrfToken.of(token));

        send(method, CACHE, shown, cookie(SESSION, token))
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .value(HttpHeaders.SET_COOKIE, first -> assertThat(first).contains("; Max-Age=0; "))
                .expectCookie()
                .valueEquals(SESSION, "")
                .expectCookie()
                .valueEquals(CSRF, "");
        send("GET", CACHE, Map.of("Authorization", "Bearer " + token), null)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);
    }

    @Test
    void keepsTheCookiesWhileTheSessionCannotBeChecked() {
        sessions.http.stop();

        send("GET", CACHE, Map.of(), cookie(SESSION, SessionBackend.newToken()))
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);
    }

    @Test
    void keepsACookieInItsTenant() {
        String token = sessions.open("acme");

        send("GET", CACHE, Map.of("X-Tenant-Id", "other"), cookie(SESSION, token))
                .expectStatus()
                .isForbidden();
    }

    static Stream<Endpoint> publicEndpoints() {
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.audience() == Audience.EVERYONE && endpoint != Endpoint.OPEN_SOCKET);
    }

    private static String pathOf(Endpoint endpoint) {
        return endpoint.path().replaceAll("\\{[^}]+}", "x");
    }

    @ParameterizedTest
    @MethodSource("publicEndpoints")
    void ignoresAnExpiredCookieAtPublicEndpoints(Endpoint endpoint) {
        for (String over : List.of(SessionBackend.newToken(), "not-even-a-token", sessions.open("acme"))) {
            send(endpoint.method(), pathOf(endpoint), Map.of(), cookie(SESSION, over))
                    .expectStatus()
                    .value(status -> assertThat(status).isNotEqualTo(401))
                    .expectHeader()
                    .doesNotExist(HttpHeaders.SET_COOKIE);
        }

        assertThat(sessions.lookUps()).isEmpty();
        registration.seen().forEach(seen -> assertThat(callerIn(seen)).isInstanceOf(Caller.Anonymous.class));
    }

    @Test
    void sendsALoginWithoutTheSessionCookie() {
        String planted = logs.mustNotTell(sessions.open("default"));
        String over = SessionBackend.newToken();
        String device = logs.mustNotTell("fdd_" + "d".repeat(43));

        for (String token : new String[] {planted, over}) {
            send("POST", LOGIN, Map.of("X-Tenant-Id", "acme"), cookie(SESSION, token) + "; " + cookie(DEVICE, device))
                    .expectStatus()
                    .isOk();
            ReceivedRequest seen = sessions.http.seenLast();
            assertThat(callerIn(seen)).isEqualTo(new Caller.Anonymous(new TenantId("acme")));
            assertThat(seen.headers().get(HttpHeaders.COOKIE)).containsExactly(cookie(DEVICE, device));
            assertThat(seen.headers().toString()).doesNotContain(token);
        }
        assertThat(sessions.lookUps()).isEmpty();
    }

    @Test
    void saysOfALoginWhetherAPageOfTheOwnSiteAsks() {
        send("POST", LOGIN, Map.of("Sec-Fetch-Site", "same-origin"), null);
        assertThat(sessions.http.seenLast().header("X-Frontdesk-Cookies")).isEqualTo("allowed");

        for (var headers : new Map<?, ?>[] {
            Map.of(),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Origin", "https://evil.example"),
            Map.of("X-Frontdesk-Cookies", "allowed")
        }) {
            client().post()
                    .uri(LOGIN)
                    .headers(sent -> headers.forEach((name, value) -> sent.set(name.toString(), value.toString())))
                    .exchange()
                    .expectStatus()
                    .isOk();
            assertThat(sessions.http.seenLast().headers().containsHeader("X-Frontdesk-Cookies"))
                    .isFalse();
        }
    }

    @Test
    void saysToSessionServiceAloneThatTheSessionIsHeldByABrowser() {
        String token = logs.mustNotTell(sessions.open("default"));
        var shown = Map.of("Sec-Fetch-Site", "same-origin", "X-CSRF-Token", CsrfToken.of(token));

        send("POST", "/api/v1/sessions/refresh", shown, cookie(SESSION, token))
                .expectStatus()
                .isOk();
        assertThat(sessions.http.seenLast().header("X-Frontdesk-Cookies")).isEqualTo("held");
        assertThat(sessions.http.seenLast().header("X-Frontdesk-Session-Token")).isEqualTo(token);
        assertThat(sessions.http.seenLast().headers().containsHeader(HttpHeaders.COOKIE))
                .isFalse();

        send("GET", CACHE, Map.of(), cookie(SESSION, token) + "; " + cookie(DEVICE, "fdd_d"))
                .expectStatus()
                .isOk();
        assertThat(cache.seenLast().headers().headerNames())
                .noneMatch(name -> name.equalsIgnoreCase("X-Frontdesk-Cookies")
                        || name.equalsIgnoreCase("X-Frontdesk-Session-Token")
                        || name.equalsIgnoreCase("Cookie"));
    }

    private ResponseSpec send(String method, String path, Map<String, String> headers, @Nullable String cookies) {
        return client().method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(sent -> {
                    headers.forEach(sent::set);
                    if (cookies != null) {
                        sent.set(HttpHeaders.COOKIE, cookies);
                    }
                })
                .exchange();
    }

    private static String cookie(String name, String value) {
        return name + "=" + value;
    }
}
