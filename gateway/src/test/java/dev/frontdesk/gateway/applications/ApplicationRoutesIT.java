package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Requests to an application behind the gateway. */
class ApplicationRoutesIT extends RunningApplication {

    @Test
    void leadsToTheApplicationAndTellsWhoCalls() throws Exception {
        put("[" + route("\"strip_prefix\": \"/shop\", \"add_prefix\": \"/v2\", \"audience\": \"shop-api\"") + "]");
        var account = new Caller.Account(new TenantId("acme"), UUID.randomUUID(), UUID.randomUUID(), Set.of("member"));
        String token = sessions.open(account);

        get(
                        "/shop/products/1?x=1&y=%2F",
                        headers -> {
                            headers.setBearerAuth(token);
                            headers.set("X-Frontdesk-Assertion", "forged");
                            headers.set("X_Frontdesk_Account", "forged");
                            headers.set("X-Frontdesk-Roles", "admin");
                            headers.set("Cookie", "theme=dark; __Host-frontdesk-session=stolen; cart=7");
                        })
                .expectStatus()
                .isOk();

        var seen = shop.seenLast();
        assertThat(seen.uri()).isEqualTo("/v2/products/1?x=1&y=%2F");
        assertThat(seen.headers().headerNames().stream().map(String::toLowerCase))
                .doesNotContain(
                        "authorization",
                        "x-frontdesk-identity",
                        "x_frontdesk_account",
                        "x-frontdesk-roles",
                        "x-api-key");
        assertThat(seen.header("Cookie")).isEqualTo("theme=dark; cart=7");
        assertThat(seen.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(seen.header("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(seen.header("X-Forwarded-Host")).isEqualTo("127.0.0.1:" + port);
        assertThat(seen.header("Host")).isEqualTo(shop.url().substring("http://".length()));
        assertThat(seen.header("X-Forwarded-Prefix")).isEqualTo("/shop");
        assertThat(seen.header("Via")).isEqualTo("1.1 frontdesk");
        assertThat(seen.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");

        var assertion = SignedJWT.parse(seen.header("X-Frontdesk-Assertion"));
        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        var keys = JWKSet.parse(client().get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        var key = keys.getKeyByKeyId(assertion.getHeader().getKeyID()).toECKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(assertion.verify(new ECDSAVerifier(key))).isTrue();
        var claims = assertion.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
        assertThat(claims.getAudience()).containsExactly("shop-api");
        assertThat(claims.getSubject()).isEqualTo(account.accountId().toString());
        assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
        assertThat(claims.getStringClaim("sid")).isEqualTo(account.sessionId().toString());
        assertThat(claims.getStringListClaim("roles")).containsExactly("member");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(30_000);
    }

    @Test
    void passesBodiesAndAnswersOn() {
        put("[" + route() + "]");

        client().post()
                .uri("/shop/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"product\": 1}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Content-Security-Policy")
                .expectBody()
                .jsonPath("$.fine")
                .isEqualTo(true);

        assertThat(shop.seenLast().method()).isEqualTo("POST");
        assertThat(new String(shop.seenLast().body(), UTF_8)).isEqualTo("{\"product\": 1}");
    }

    @Test
    void answers404And405WithoutARoute() {
        put("[" + route("\"methods\": [\"GET\"]") + "]");

        get("/other", _ -> {}).expectStatus().isNotFound();
        get("/shop", _ -> {}).expectStatus().isOk();
        client().method(HttpMethod.HEAD)
                .uri("/shop/a")
                .exchange()
                .expectStatus()
                .isOk();
        client().delete()
                .uri("/shop/a")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET");
    }
}
