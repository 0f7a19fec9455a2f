package dev.frontdesk.gateway.websocket;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.kit.web.HandlerInput;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Refuses an invalid handshake (RFC 6455, section 4.2.1) before a server is called and a ticket is used up. */
public final class Handshake {

    private static final String TICKET = "ticket";
    private static final String VERSION = "13";
    private static final HandlerInput INPUT = new HandlerInput(Set.of(TICKET, "last_seq"), false);

    private final SameOriginCheck pages;

    public Handshake(SameOriginCheck pages) {
        this.pages = pages;
    }

    void checkWithTicket(ServerHttpRequest request) {
        String ticket = request.getQueryParams().getFirst(TICKET);
        if (ticket == null || ticket.isBlank()) {
            throw noTicket();
        }
        INPUT.checkQuery(request);
        check(request, false);
    }

    /**
     * @param cookie whether the caller's session is in a cookie
     * @throws ProblemException 400 or 403
     */
    public void check(ServerHttpRequest request, boolean cookie) {
        if (!asksForASocket(request)) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "This is a WebSocket endpoint: send an upgrade request for version 13, without a body.");
        }
        if (!pages.mayOpenASocket(request.getHeaders(), cookie)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The Origin is not allowed to open a WebSocket.");
        }
    }

    private static boolean asksForASocket(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return request.getMethod().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(headers.getUpgrade())
                && headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase)
                && headers.containsHeader("Sec-WebSocket-Key")
                && VERSION.equals(headers.getFirst("Sec-WebSocket-Version"))
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static ProblemException noTicket() {
        var problem = new ProblemException(
                ProblemType.UNAUTHENTICATED, "A ticket is required: get one from POST /api/v1/realtime/tickets.");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return problem;
    }
}
