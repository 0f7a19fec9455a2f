package dev.frontdesk.kit.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.direct.DirectHandler;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@WithServers
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(IdentityIT.Endpoints.class)
class IdentityIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final Caller.Account ADA = new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of());

    @RestController
    static class Endpoints {

        @GetMapping("/anyone")
        String anyone(Caller caller) {
            return caller.tenant().value();
        }

        @GetMapping("/accounts")
        String accounts(Caller.Account caller) {
            return caller.accountId().toString();
        }

        /** Has no argument for the caller. */
        @GetMapping("/guarded")
        String guarded() {
            return "for accounts";
        }

        @DirectHandler
        @GetMapping("/direct")
        Mono<Void> direct(ServerWebExchange exchange) {
            var response = exchange.getResponse();
            byte[] body = String.valueOf(Callers.of(exchange)).getBytes(UTF_8);
            return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
        }

        @GetMapping("/operators")
        String operators(Caller.Operator caller) {
            return caller.tenant().value();
        }

        @GetMapping("/internal/services")
        String services(Caller.Service caller) {
            return caller.name();
        }
    }

    @Autowired
    private IdentityAssertions assertions;

    @Autowired
    private IdentityProperties properties;

    @LocalServerPort
    private int port;

    private WebTestClient client = TestClients.at(0).build();

    @BeforeEach
    void reachTheService() {
        client = TestClients.at(port).build();
    }

    @Test
    void refusesARequestThatDidNotComeThroughTheGateway() {
        expect("/anyone", null, 401);
        expect("/nothing-here", null, 401);
    }

    @Test
    void refusesAnAssertionThatIsNotSigned() {
        expect("/anyone", assertions.sign(new Caller.Anonymous(ACME)) + "x", 401);
    }

    @Test
    void refusesAnAssertionThatIsOverOrSignedWithAnotherKey() {
        var aMinuteAgo = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
        var over = new IdentityAssertions(properties.secretKeys(), aMinuteAgo);
        var forged = new IdentityAssertions(new SecretKeySpec(new byte[32], "HmacSHA256"), Clock.systemUTC());

        expect("/accounts", over.sign(ADA), 401);
        expect("/accounts", forged.sign(ADA), 401);
    }

    @Test
    void handsTheCallerToTheHandler() {
        assertThat(body("/anyone", new Caller.Anonymous(ACME))).isEqualTo("acme");
        assertThat(body("/accounts", ADA)).isEqualTo(ADA.accountId().toString());
        assertThat(body("/operators", new Caller.Operator(ACME))).isEqualTo("acme");
        assertThat(body("/internal/services", new Caller.Service(ACME, "gateway")))
                .isEqualTo("gateway");
    }

    @Test
    void asksAnAnonymousCallerToLogInAndForbidsAnotherKind() {
        expect("/accounts", assertions.sign(new Caller.Anonymous(ACME)), 401);
        expect("/accounts", assertions.sign(new Caller.Operator(ACME)), 403);
        expect("/operators", assertions.sign(ADA), 403);
    }

    @Test
    void keepsToTheTableWhateverTheHandlerTakes() {
        assertThat(body("/guarded", ADA)).isEqualTo("for accounts");
        expect("/guarded", assertions.sign(new Caller.Anonymous(ACME)), 401);
        expect("/guarded", assertions.sign(new Caller.Operator(ACME)), 403);
    }

    @Test
    void guardsADirectHandlerLikeAnyOther() {
        expect("/direct", null, 401);
        expect("/direct", assertions.sign(ADA) + "x", 401);
        expect("/direct", assertions.sign(new Caller.Anonymous(ACME)), 401);
        expect("/direct", assertions.sign(new Caller.Operator(ACME)), 403);
        expect("/direct", assertions.sign(new Caller.Service(ACME, "gateway")), 401);
        expect("/direct?unknown=1", assertions.sign(ADA), 400);
        assertThat(body("/direct", ADA)).isEqualTo(ADA.toString());
        assertThat(body("/%64irect", ADA))
                .as("a path that Spring has to decode")
                .isEqualTo(ADA.toString());
    }

    @Test
    void leavesOtherMethodsOfADirectHandlersPathToSpring() {
        client.post()
                .uri("/direct")
                .header(Headers.IDENTITY, assertions.sign(ADA))
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET");
        client.head()
                .uri("/direct")
                .header(Headers.IDENTITY, assertions.sign(ADA))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void keepsInternalPathsForServicesAndServicesInThem() {
        expect("/internal/services", assertions.sign(ADA), 401);
        expect("/internal/services", assertions.sign(new Caller.Operator(ACME)), 401);
        expect("/anyone", assertions.sign(new Caller.Service(ACME, "gateway")), 401);
    }

    private void expect(String path, @org.jspecify.annotations.Nullable String assertion, int status) {
        client.get()
                .uri(URI.create("http://localhost:" + port + path))
                .headers(headers -> {
                    if (assertion != null) {
                        headers.set(Headers.IDENTITY, assertion);
                    }
                })
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private @org.jspecify.annotations.Nullable String body(String path, Caller caller) {
        return client.get()
                .uri(URI.create("http://localhost:" + port + path))
                .header(Headers.IDENTITY, assertions.sign(caller))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
