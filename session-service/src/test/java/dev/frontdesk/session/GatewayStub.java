package dev.frontdesk.session;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.Introspection;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

/** Replaces the gateway: forwards requests with its signed assertion. */
final class GatewayStub {

    static final String SESSIONS = "/api/v1/sessions";
    static final String CURRENT = "/api/v1/sessions/current";
    static final String REFRESH = "/api/v1/sessions/refresh";

    private final WebTestClient client;
    private final IdentityAssertions assertions;

    GatewayStub(WebTestClient client, IdentityAssertions assertions) {
        // Concurrent logins may wait for each other.
        this.client = TestClients.reading(client.mutate())
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        this.assertions = assertions;
    }

    record Login(String token, UUID sessionId, Instant expiresAt, String deviceToken) {}

    record Listed(List<Device> sessions) {}

    record Device(
            UUID id,
            UUID deviceId,
            String deviceName,
            String userAgent,
            @Nullable String clientAddress,
            Instant createdAt,
            Instant lastActivityAt,
            Instant expiresAt,
            boolean current) {}

    WebTestClient as(Caller caller) {
        return client.mutate()
                .defaultHeader(Headers.IDENTITY, assertions.sign(caller))
                .build();
    }

    /** A visitor without a session, from that address. */
    WebTestClient from(TenantId tenant, String address) {
        return client.mutate()
                .defaultHeader(Headers.IDENTITY, assertions.sign(new Caller.Anonymous(tenant), address))
                .build();
    }

    WebTestClient unsigned() {
        return client;
    }

    ResponseSpec sessionsOfAccount(Caller caller, String account) {
        return as(caller)
                .get()
                .uri("/api/v1/admin/accounts/{id}/sessions", account)
                .exchange();
    }

    ResponseSpec tryLogin(TenantId tenant, String email, String password) {
        return as(new Caller.Anonymous(tenant))
                .post()
                .uri(SESSIONS)
                .header("User-Agent", "Firefox/140")
                .bodyValue(Map.of("email", email, "password", password))
                .exchange();
    }

    Login login(TenantId tenant, String email, String password) {
        return requireNonNull(tryLogin(tenant, email, password)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody(Login.class)
                .returnResult()
                .getResponseBody());
    }

    ResponseSpec tryIntrospect(String token) {
        return as(new Caller.Service(TenantId.DEFAULT, "gateway"))
                .post()
                .uri(IntrospectionRequest.PATH)
                .body(BodyInserters.fromFormData(IntrospectionRequest.TOKEN, token))
                .exchange();
    }

    Introspection introspect(String token) {
        return requireNonNull(tryIntrospect(token)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody(Introspection.class)
                .returnResult()
                .getResponseBody());
    }

    List<Device> sessionsOf(Caller.Account caller) {
        return requireNonNull(as(caller)
                        .get()
                        .uri(SESSIONS)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals("Cache-Control", "no-store")
                        .expectBody(Listed.class)
                        .returnResult()
                        .getResponseBody())
                .sessions();
    }

    /** The only request in which the gateway passes the token on. */
    ResponseSpec tryRefresh(Caller.Account caller, String token) {
        return as(caller)
                .post()
                .uri(REFRESH)
                .header(Headers.SESSION_TOKEN, token)
                .exchange();
    }

    Login refresh(Caller.Account caller, String token) {
        return requireNonNull(tryRefresh(caller, token)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody(Login.class)
                .returnResult()
                .getResponseBody());
    }

    void revokeCurrent(Caller.Account caller) {
        as(caller).delete().uri(CURRENT).exchange().expectStatus().isNoContent();
    }

    static Caller.Account holder(TenantId tenant, UUID account, Login login) {
        return new Caller.Account(tenant, account, login.sessionId(), Set.of("editor"));
    }
}
