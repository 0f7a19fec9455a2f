package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A browser's session, as the gateway forwards its requests. */
@RunningSessionService
@WithServers({REDIS, KAFKA})
class BrowserSessionsIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String SESSION = "__Host-frontdesk-session";
    private static final String CSRF = "__Host-frontdesk-csrf";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    private final String email = "ada." + UUID.randomUUID() + "@example.org";

    @BeforeEach
    void signUp() {
        registration.knows(ACME, email, PASSWORD);
    }

    @Test
    void isInCookiesFromLoginToLogout() {
        var opened = answer(logsIn(Headers.COOKIES_ALLOWED).expectStatus().isCreated());
        assertThat(bodyOf(opened)).contains("session_id").doesNotContain("fds_", "fdd_");
        String first = cookie(opened, SESSION).getValue();
        assertThat(cookie(opened, SESSION).getMaxAge())
                .isEqualTo(cookie(opened, CSRF).getMaxAge());
        assertThat(cookie(opened, CSRF).getValue()).isEqualTo(CsrfToken.of(first));

        var renewed = answer(edge.as(holderOf(first))
                .post()
                .uri("/api/v1/sessions/refresh")
                .header(Headers.SESSION_TOKEN, first)
                .header(Headers.COOKIES, Headers.COOKIES_HELD)
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(bodyOf(renewed)).contains("session_id").doesNotContain("fds_");
        String second = cookie(renewed, SESSION).getValue();
        assertThat(second).isNotEqualTo(first);
        assertThat(cookie(renewed, CSRF).getValue()).isEqualTo(CsrfToken.of(second));
        var holder = holderOf(second);

        assertTakenBack(ends(holder, "/current"));
        assertThat(edge.introspect(second).active()).isFalse();
    }

    @Test
    void isNotOpenedForAPageOfAnotherSite() {
        for (String word : List.of("", Headers.COOKIES_HELD)) {
            logsIn(word).expectStatus().isForbidden().expectHeader().doesNotExist(HttpHeaders.SET_COOKIE);
        }
    }

    @Test
    void staysWhereAnotherOneIsEnded() {
        var mine = holderOf(tokenOfALogin());
        var other = holderOf(tokenOfALogin());

        assertThat(ends(mine, "/" + other.sessionId()).getResponseHeaders().containsHeader(HttpHeaders.SET_COOKIE))
                .isFalse();
        assertTakenBack(ends(mine, "/" + mine.sessionId()));
    }

    @Test
    void leavesThoseAloneWhoShowTheirToken() {
        var holder = holderOf(tokenOfALogin());

        edge.as(holder)
                .delete()
                .uri(GatewayStub.CURRENT)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);
    }

    private ResponseSpec logsIn(String word) {
        return edge.as(new Caller.Anonymous(ACME))
                .post()
                .uri(GatewayStub.SESSIONS)
                .header(Headers.COOKIES, word)
                .bodyValue(Map.of("email", email, "password", PASSWORD, "transport", "cookie"))
                .exchange();
    }

    private String tokenOfALogin() {
        return cookie(answer(logsIn(Headers.COOKIES_ALLOWED).expectStatus().isCreated()), SESSION)
                .getValue();
    }

    private EntityExchangeResult<byte[]> ends(Caller.Account holder, String session) {
        return answer(edge.as(holder)
                .delete()
                .uri(GatewayStub.SESSIONS + session)
                .header(Headers.COOKIES, Headers.COOKIES_HELD)
                .exchange()
                .expectStatus()
                .isNoContent());
    }

    private Caller.Account holderOf(String token) {
        var session = edge.introspect(token);
        return new Caller.Account(ACME, requireNonNull(session.sub()), requireNonNull(session.sid()), Set.of());
    }

    private static void assertTakenBack(EntityExchangeResult<byte[]> answer) {
        assertThat(answer.getResponseHeaders().get(HttpHeaders.SET_COOKIE))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("=; ").contains("Max-Age=0"));
    }

    private static EntityExchangeResult<byte[]> answer(ResponseSpec response) {
        return response.expectBody().returnResult();
    }

    private static String bodyOf(EntityExchangeResult<byte[]> answer) {
        return new String(requireNonNull(answer.getResponseBody()), UTF_8);
    }

    private static ResponseCookie cookie(EntityExchangeResult<byte[]> answer, String name) {
        return requireNonNull(answer.getResponseCookies().getFirst(name), name);
    }
}
