package dev.frontdesk.notification;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.sockets.RawSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An account with an open session, as the gateway forwards its requests. */
public final class Visitor {

    private final TenantId tenant;
    private final UUID account;
    private final UUID session;
    private final IdentityAssertions gateway;
    private final int port;

    private Visitor(TenantId tenant, UUID account, UUID session, IdentityAssertions gateway, int port) {
        this.tenant = tenant;
        this.account = account;
        this.session = session;
        this.gateway = gateway;
        this.port = port;
    }

    public static Visitor withASession(IdentityAssertions gateway, int port) {
        return withASession(new TenantId(EventSimulator.TENANT), gateway, port);
    }

    public static Visitor withASession(TenantId tenant, IdentityAssertions gateway, int port) {
        return new Visitor(tenant, UUID.randomUUID(), UUID.randomUUID(), gateway, port);
    }

    /** The same account and session at another instance. */
    public Visitor at(int otherPort) {
        return new Visitor(tenant, account, session, gateway, otherPort);
    }

    /** The same account in another session. */
    public Visitor onAnotherDevice() {
        return new Visitor(tenant, account, UUID.randomUUID(), gateway, port);
    }

    public UUID account() {
        return account;
    }

    public UUID session() {
        return session;
    }

    public WebTestClient.ResponseSpec asksForATicket() {
        return asksForATicket(gateway.sign(new Caller.Account(tenant, account, session, Set.of())));
    }

    public WebTestClient.ResponseSpec asksForATicket(String assertion) {
        return TestClients.at(port)
                .responseTimeout(Duration.ofSeconds(20))
                .build()
                .post()
                .uri("/api/v1/realtime/tickets")
                .header(Headers.IDENTITY, assertion)
                .exchange();
    }

    public String ticket() {
        byte[] body = asksForATicket()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult()
                .getResponseBody();
        JsonNode answer = JsonMapper.shared().readTree(body);
        return answer.get("ticket").asString();
    }

    public SocketClient opensASocket() {
        return uses(ticket());
    }

    public SocketClient resumesAfter(long seq) {
        return opens("ticket=" + ticket() + "&last_seq=" + seq);
    }

    public SocketClient uses(String ticket) {
        return opens("ticket=" + ticket);
    }

    /** The caller is anonymous when a socket is opened: the ticket identifies the account. */
    public SocketClient opens(String query) {
        return SocketClient.open(port, query, gateway.sign(new Caller.Anonymous(TenantId.DEFAULT)));
    }

    public RawSocket opensARawSocket() {
        return RawSocket.open(
                port,
                "/ws?ticket=" + ticket(),
                Map.of(Headers.IDENTITY, gateway.sign(new Caller.Anonymous(TenantId.DEFAULT))));
    }
}
