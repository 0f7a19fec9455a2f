package dev.frontdesk.gateway.routing;

import dev.frontdesk.gateway.headers.PassedOnHeaders;
import dev.frontdesk.gateway.headers.ServiceHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.URI;
import org.springframework.web.server.ServerWebExchange;

/** One of our services gets the path as it is, and the headers that may pass, with those that the gateway adds for it. */
final class HeadForService implements OutgoingHead {

    private final AsciiString host;

    HeadForService(URI service) {
        this.host = new AsciiString(service.getRawAuthority());
    }

    @Override
    public String target(URI requested) {
        return OutgoingHead.targetOf(requested);
    }

    @Override
    public void addHeaders(ServerWebExchange exchange, HttpHeaders received, HttpHeaders sent) {
        sent.set(HttpHeaderNames.HOST, host);
        PassedOnHeaders.ofRequest(received, sent);
        ServiceHeaders.addTo(sent, exchange);
    }
}
