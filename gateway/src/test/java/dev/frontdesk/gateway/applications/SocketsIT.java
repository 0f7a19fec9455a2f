package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.tenants.KnownTenants;
import dev.frontdesk.gateway.websocket.SocketClient;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tenants.TenantKeys;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** WebSockets of applications. */
class SocketsIT extends RunningApplication {

    /** Its pages may open sockets with a ticket. */
    @BeforeEach
    void aTenantAllowsAnOrigin() {
        var tenant = new TenantRecord(
                "small", 7, TenantRecord.ACTIVE, "standard", Quotas.NONE, List.of("https://tenant.example"));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            redis.convertAndSend(TenantKeys.changes(keys), json.writeValueAsString(tenant))
                    .block();
            return tenants.anyAllowsOrigin("https://tenant.example");
        });
    }

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private KnownTenants tenants;

    private String url(String path) {
        return "ws://127.0.0.1:" + port + path;
    }

    private static int refusal(Runnable open) {
        try {
            open.run();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) requireNonNull(refused.getCause()))
                    .getResponse()
                    .statusCode();
        }
    }

    @Test
    void relaysBothWaysAndTellsWhoCalls() throws Exception {
        put("[" + route("\"websocket\": true", "\"strip_prefix\": \"/shop\"") + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString().map(text -> "echo " + text)));
        String token = sessions.open("acme");

        var socket = SocketClient.open(url("/shop/chat?room=1"), Map.of("Authorization", "Bearer " + token));
        socket.send("hello");

        assertThat(socket.nextText()).isEqualTo("echo hello");
        assertThat(shop.seenLast().uri()).isEqualTo("/chat?room=1");
        assertThat(shop.seenLast().headers().containsHeader("Authorization")).isFalse();
        var claims =
                SignedJWT.parse(shop.seenLast().header("X-Frontdesk-Assertion")).getJWTClaimsSet();
        assertThat(claims.getSubject())
                .isEqualTo(sessions.session(token).accountId().toString());
        socket.close(1000, "bye");
    }

    @Test
    void closesTheSocketOfARevokedSession() throws Exception {
        put("[" + route("\"websocket\": true") + "]");
        shop.opensSockets((in, out) ->
                out.sendString(Flux.concat(Mono.just("welcome"), in.receive().asString())));
        String token = sessions.open("acme");
        var revoked = SocketClient.open(url("/shop/chat"), Map.of("Authorization", "Bearer " + token));
        var other = SocketClient.open(url("/shop/chat"), Map.of("Authorization", "Bearer " + sessions.open("acme")));
        assertThat(revoked.nextText()).isEqualTo("welcome");
        assertThat(other.nextText()).isEqualTo("welcome");

        new Revocation(redis, keys).of(sessions.session(token).sessionId());

        assertThat(revoked.closeCode()).isEqualTo(1008);
        other.send("still here");
        assertThat(other.nextText()).isEqualTo("still here");
        other.close(1000, "");
    }

    @Test
    void opensOneOnlyWhereTheRouteSaysSo() {
        put("[" + route() + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));

        assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                .isEqualTo(400);
        assertThat(shop.seen()).isEmpty();
    }

    @Test
    void opensOneOnlyForWhomTheRouteAllows() {
        put("[" + route("\"websocket\": true").replace("\"anonymous\"", "\"any_account\"") + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));

        assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                .isEqualTo(401);
        assertThat(shop.seen()).isEmpty();
    }

    @Test
    void tellsTheRefusalOfTheApplication() {
        put("[" + route("\"websocket\": true") + "]");
        shop.answers(Answer.json(404, "{}"));

        assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                .isEqualTo(404);
    }

    @Test
    void relaysAlsoOrdinaryRequestsOfTheRoute() {
        put("[" + route("\"websocket\": true") + "]");

        get("/shop/a", _ -> {}).expectStatus().isOk();
    }

    @Test
    void refusesAPageOfAnotherSite() {
        put("[" + route("\"websocket\": true") + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));

        assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of("Origin", "https://evil.example"))))
                .isEqualTo(403);
        assertThatThrownBy(() -> SocketClient.open(url("/shop/chat"), Map.of("Origin", "https://evil.example")))
                .isInstanceOf(CompletionException.class);
    }

    /** A browser sends the cookie whichever page opens the socket. */
    @Test
    void opensASocketWithACookieForOurOwnPagesOnly() {
        put("[" + route("\"websocket\": true").replace("\"anonymous\"", "\"any_account\"") + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));
        String cookie = "__Host-frontdesk-session=" + sessions.open("acme");

        assertThat(refusal(() -> SocketClient.open(
                        url("/shop/chat"), Map.of("Cookie", cookie, "Origin", "https://tenant.example"))))
                .isEqualTo(403);
        assertThat(refusal(() -> SocketClient.open(
                        url("/shop/chat"), Map.of("Cookie", cookie, "Origin", "http://127.0.0.1:" + port))))
                .isEqualTo(101);
    }

    /** A server that is gone without a trace, as one behind a firewall. */
    @Test
    void triesTheNextServerWhenOneDoesNotAccept() throws Exception {
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));
        try (var silent = new SilentServer()) {
            put("[" + route("\"websocket\": true").replace("{\"url\"", "{\"url\": \"" + silent.url() + "\"}, {\"url\"")
                    + "]");
            for (int i = 0; i < 4; i++) {
                assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                        .isEqualTo(101);
            }

            // The same server is not tried again.
            put("[" + route("\"websocket\": true").replace(shop.url(), silent.url()) + "]");
            assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                    .isEqualTo(503);
        }
    }

    @Test
    void triesTheNextServer() {
        put("[" + route("\"websocket\": true").replace("{\"url\"", "{\"url\": \"http://127.0.0.1:1\"}, {\"url\"")
                + "]");
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString()));

        for (int i = 0; i < 4; i++) {
            assertThat(refusal(() -> SocketClient.open(url("/shop/chat"), Map.of())))
                    .isEqualTo(101);
        }
    }
}
