package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.gateway.backends.SessionBackend;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Who may use a route, and by which limits. */
class AccessIT extends RunningApplication {

    private final KnownCallers callers;

    AccessIT(@Autowired JsonMapper json) {
        this.callers = new KnownCallers(json);
    }

    @BeforeEach
    void registrationServiceKnowsTheKeys() {
        registration.answers(callers::answer);
        sessions.http.answers(callers::answer);
    }

    private Consumer<HttpHeaders> session(String tenant, String role) {
        String token = callers.person(tenant, role).token();
        return headers -> headers.setBearerAuth(token);
    }

    private Consumer<HttpHeaders> key(String tenant, String... scopes) {
        String text = callers.key(tenant, Quotas.NONE, scopes).text();
        return headers -> headers.set("X-API-Key", text);
    }

    private Consumer<HttpHeaders> named(String who) {
        return switch (who) {
            case "anonymous" -> _ -> {};
            case "member" -> session("acme", "member");
            case "editor" -> session("acme", "editor");
            case "key" -> key("acme", "cache:read");
            case "reader" -> key("acme", "application:read");
            case "writer" -> key("acme", "application:write");
            case "member+key" -> session("acme", "member").andThen(key("acme", "cache:read"));
            case "member+reader" -> session("acme", "member").andThen(key("acme", "application:read"));
            case "operator" -> headers -> headers.set("X-API-Key", operatorKey());
            default -> throw new AssertionError(who);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"anonymous\": true}                   | anonymous     | 200",
                "{\"anonymous\": true}                   | member        | 200",
                "{\"anonymous\": true}                   | key           | 200",
                "{\"anonymous\": true}                   | operator      | 200",
                "{\"any_account\": true}                    | anonymous     | 401",
                "{\"any_account\": true}                    | member        | 200",
                "{\"any_account\": true}                    | writer        | 403",
                "{\"any_account\": true}                    | member+reader | 403",
                "{\"any_account\": true}                    | operator      | 403",
                "{\"roles\": [\"editor\", \"chief\"]}    | member        | 403",
                "{\"roles\": [\"editor\", \"chief\"]}    | editor        | 200",
                "{\"any_api_key\": true}                    | anonymous     | 401",
                "{\"any_api_key\": true}                    | key           | 200",
                "{\"any_api_key\": true}                    | member        | 403",
                "{\"any_api_key\": true, \"scopes\": [\"application:read\"]} | key    | 403",
                "{\"any_api_key\": true, \"scopes\": [\"application:read\"]} | reader | 200",
                "{\"any_api_key\": true, \"scopes\": [\"application:read\"]} | writer | 200",
                "{\"any_account\": true, \"any_api_key\": true, \"scopes\": [\"application:read\"]} | member        | 200",
                "{\"any_account\": true, \"any_api_key\": true, \"scopes\": [\"application:read\"]} | member+key    | 403",
                "{\"any_account\": true, \"any_api_key\": true, \"scopes\": [\"application:read\"]} | member+reader | 200",
            })
    void letsInWhomTheRouteAllows(String allow, String who, int status) {
        put("[" + route().replace("{\"anonymous\": true}", allow) + "]");

        get("/shop/a", named(who)).expectStatus().isEqualTo(status);

        assertThat(shop.seen()).hasSize(status == 200 ? 1 : 0);
    }

    /** Otherwise a method that the stricter route does not name would be open to all accounts. */
    @Test
    void leavesNoMethodToALessSpecificRoute() {
        String strict = route("\"methods\": [\"GET\"]")
                .replace("{\"anonymous\": true}", "{\"roles\": [\"editor\"]}")
                .replace("/shop/**", "/shop/admin/**")
                .replace("\"id\": \"shop\"", "\"id\": \"admin\", \"audience\": \"shop\"");
        put("[" + route() + ", " + strict + "]");

        client().delete()
                .uri("/shop/admin/users/1")
                .headers(session("acme", "editor"))
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET");

        assertThat(shop.seen()).isEmpty();
        get("/shop/admin/users/1", session("acme", "editor")).expectStatus().isOk();
        client().delete().uri("/shop/users/1").exchange().expectStatus().isOk();
    }

    @Test
    void isForTheCallersOfItsTenant() throws Exception {
        put("[" + route("\"tenant\": \"acme\"") + "]");

        get("/shop/a", _ -> {}).expectStatus().isOk();
        assertThat(tenantInAssertion()).isEqualTo("acme");
        get("/shop/a", session("acme", "member")).expectStatus().isOk();
        get("/shop/a", headers -> headers.set("X-Tenant-Id", "acme"))
                .expectStatus()
                .isOk();
        get("/shop/a", headers -> headers.set("X-Tenant-Id", "other"))
                .expectStatus()
                .isForbidden();
        get("/shop/a", session("other", "member")).expectStatus().isForbidden();
        get("/shop/a", key("other", "application:read")).expectStatus().isForbidden();
    }

    private String tenantInAssertion() throws Exception {
        return SignedJWT.parse(shop.seenLast().header("X-Frontdesk-Assertion"))
                .getJWTClaimsSet()
                .getStringClaim("tenant");
    }

    @Test
    void takesTheCookieOfAnEndedSessionForNoneWhereAnyoneMayCome() throws Exception {
        put("[" + route() + "]");
        Consumer<HttpHeaders> ended =
                headers -> headers.set("Cookie", "__Host-frontdesk-session=fds_17_" + "A".repeat(43));

        get("/shop/a", ended).expectStatus().isOk();
        assertThat(kindInAssertion()).isEqualTo("anonymous");

        put("[" + route().replace("{\"anonymous\": true}", "{\"any_account\": true}") + "]");
        get("/shop/a", ended).expectStatus().isUnauthorized();
        put("[" + route() + "]");
        get("/shop/a", headers -> headers.setBearerAuth("fds_17_" + "A".repeat(43)))
                .expectStatus()
                .isUnauthorized();
    }

    private String kindInAssertion() throws Exception {
        return SignedJWT.parse(shop.seenLast().header("X-Frontdesk-Assertion"))
                .getJWTClaimsSet()
                .getStringClaim("kind");
    }

    @Test
    void tellsWhoCallsInPlainHeadersOnlyWhereTheRouteSaysSo() {
        put("[" + route() + "]");
        get("/shop/a", session("acme", "member")).expectStatus().isOk();
        assertThat(shop.seenLast().headers().headerNames()).doesNotContain("X-Frontdesk-Account", "X-Frontdesk-Tenant");

        put("[" + route("\"identity_headers\": true") + "]");
        get("/shop/a", session("acme", "member").andThen(headers -> headers.set("X-Frontdesk-Roles", "admin")))
                .expectStatus()
                .isOk();
        assertThat(shop.seenLast().headers().get("X-Frontdesk-Roles")).containsExactly("member");
        assertThat(shop.seenLast().headers().get("X-Frontdesk-Tenant")).containsExactly("acme");
        assertThat(shop.seenLast().headers().get("X-Frontdesk-Account")).hasSize(1);
        get("/shop/a", headers -> headers.set("X-Frontdesk-Account", "forged"))
                .expectStatus()
                .isOk();
        assertThat(shop.seenLast().headers().get("X-Frontdesk-Account")).isNull();
    }

    @Test
    void countsRequestsByTheLimitsOfTheRoute() {
        put("[" + route("\"limits\": {\"account\": {\"per_minute\": 3}, \"address\": {\"per_hour\": 2}}") + "]");
        var member = session("acme", "member");

        for (int i = 0; i < 3; i++) {
            get("/shop/a", member)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .value("RateLimit", limit -> assertThat(limit).contains("\"app.shop-minute\""));
        }
        get("/shop/a", member)
                .expectStatus()
                .isEqualTo(429)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("per_minute");
        get("/shop/a", session("acme", "member")).expectStatus().isOk();

        get("/shop/a", _ -> {}).expectStatus().isOk();
        get("/shop/a", _ -> {}).expectStatus().isOk();
        get("/shop/a", _ -> {}).expectStatus().isEqualTo(429);
        assertThat(shop.seen()).hasSize(6);
    }

    @Test
    void countsARequestAsManyIfTheRouteSaysSo() {
        put("[" + route("\"cost\": 15") + "]");
        var key = callers.key("acme", new Quotas(30L, null, null), "application:read");

        for (int i = 0; i < 2; i++) {
            get("/shop/a", headers -> headers.set("X-API-Key", key.text()))
                    .expectStatus()
                    .isOk();
        }
        get("/shop/a", headers -> headers.set("X-API-Key", key.text()))
                .expectStatus()
                .isEqualTo(429);
    }

    /** A guess costs a look-up, also on a route whose requests cost nothing. */
    @Test
    void countsAGuessWhereRequestsCostNothing() {
        put("[" + route("\"cost\": 0") + "]");

        get("/shop/a", _ -> {}).expectStatus().isOk().expectHeader().doesNotExist("RateLimit");
        get("/shop/a", headers -> headers.setBearerAuth(SessionBackend.newToken()))
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .value("RateLimit", limit -> assertThat(limit).contains("\"minute\""));
    }
}
