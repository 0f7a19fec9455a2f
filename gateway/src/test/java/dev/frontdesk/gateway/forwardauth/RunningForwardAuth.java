package dev.frontdesk.gateway.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.backends.KnownCallers;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.text.ParseException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The gateway, and proxies at 127.0.0.1 that may ask it; one at 127.0.0.2 is trusted only about the addresses of clients. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.trusted-proxies=127.0.0.1,127.0.0.2",
            "frontdesk.gateway.forward-auth.proxies=127.0.0.1,127.0.0.3",
            "frontdesk.gateway.upstreams.allowed-networks=127.0.0.0/8,::1",
            "frontdesk.gateway.limits.answer-within=5s",
        })
abstract class RunningForwardAuth extends RunningGateway {

    static final String PATH = "/api/v1/forward-auth";

    @Autowired
    private TestEnvironment environment;

    static final Backend shop = new Backend();

    KnownCallers callers;

    @BeforeEach
    void resetShop() {
        shop.reset();
        awaitSigningKey();
    }

    @BeforeEach
    void knowCallers(@Autowired JsonMapper json) {
        callers = new KnownCallers(json);
        registration.answers(callers::answer);
        sessions.http.answers(callers::answer);
    }

    @AfterEach
    void removeRoutes() {
        put("");
    }

    /** How a proxy tells the request that it asks about. */
    enum Form {
        FORWARDED,
        ORIGINAL,
        APPENDED
    }

    /** An external route below {@code /shop}, on every host. */
    static String route(String allow, String... fields) {
        return """
                {"id": "shop", "external": true, "paths": ["/shop/**"], "allow": {%s}%s}""".formatted(allow, fields.length == 0 ? "" : ", " + String.join(", ", fields));
    }

    void put(String routes) {
        client().put()
                .uri("/api/v1/admin/routes")
                .headers(operator())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"routes\": [" + routes + "]}")
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    Consumer<HttpHeaders> operator() {
        return headers -> headers.set("X-API-Key", environment.variable("FRONTDESK_OPERATOR_KEY"));
    }

    Consumer<HttpHeaders> session(String tenant, String role) {
        String token = callers.person(tenant, role).token();
        return headers -> headers.setBearerAuth(token);
    }

    Consumer<HttpHeaders> key(String tenant, String... scopes) {
        String text = callers.key(tenant, Quotas.NONE, scopes).text();
        return headers -> headers.set("X-API-Key", text);
    }

    WebTestClient.ResponseSpec ask(String uri, Consumer<HttpHeaders> ofClient) {
        return ask(Form.FORWARDED, "GET", "shop.example", uri, ofClient);
    }

    /** What a proxy asks about a request of a client; X-Forwarded-For is 198.51.100.7 unless the client's headers have it. */
    WebTestClient.ResponseSpec ask(Form form, String method, String host, String uri, Consumer<HttpHeaders> ofClient) {
        return ask(client(), form, method, host, uri, ofClient);
    }

    WebTestClient.ResponseSpec ask(
            WebTestClient proxy, Form form, String method, String host, String uri, Consumer<HttpHeaders> ofClient) {
        String path = form == Form.APPENDED ? PATH + uri : PATH;
        return proxy.method(form == Form.APPENDED ? HttpMethod.valueOf(method) : HttpMethod.GET)
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .headers(headers -> {
                    headers.set("X-Forwarded-For", "198.51.100.7");
                    ofClient.accept(headers);
                    switch (form) {
                        case FORWARDED -> {
                            headers.set("X-Forwarded-Method", method);
                            headers.set("X-Forwarded-Host", host);
                            headers.set("X-Forwarded-Uri", uri);
                        }
                        case ORIGINAL -> {
                            headers.set("X-Original-Method", method);
                            headers.set("Host", host);
                            headers.set("X-Original-URI", uri);
                        }
                        case APPENDED -> headers.set("Host", host);
                    }
                })
                .exchange();
    }

    static JWTClaimsSet assertionIn(WebTestClient.ResponseSpec answer) {
        HttpHeaders headers =
                answer.expectStatus().isOk().expectBody().isEmpty().getResponseHeaders();
        String text = headers.getFirst("X-Frontdesk-Assertion");
        assertThat(text).isNotNull();
        try {
            return SignedJWT.parse(text).getJWTClaimsSet();
        } catch (ParseException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
