package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.SecureRequests;
import dev.frontdesk.gateway.headers.PassedOnHeaders;
import dev.frontdesk.gateway.headers.ServiceHeaders;
import dev.frontdesk.gateway.routing.OutgoingHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What an application gets: the path as its route rewrites it, the headers that may pass, its own cookies, who calls, and where
 * the request came from. Frontdesk's credentials stay at the gateway.
 */
final class HeadForApplication implements OutgoingHead {

    static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
    static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
    static final AsciiString FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");
    private static final AsciiString FORWARDED_PREFIX = AsciiString.cached("X-Forwarded-Prefix");
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private final ApplicationRoute route;
    private final PathRewrite path;
    private final AsciiString prefix;
    private final AsciiString host;
    private final ClientAddresses addresses;
    private final SecureRequests secure;
    private final AsciiString hop;

    HeadForApplication(
            ApplicationRoute route, URI server, ClientAddresses addresses, SecureRequests secure, Loops loops) {
        this.route = route;
        this.path = PathRewrite.of(route);
        this.prefix = new AsciiString(route.stripPrefix());
        this.host = new AsciiString(authorityOf(server));
        this.addresses = addresses;
        this.secure = secure;
        this.hop = loops.hop();
    }

    private static String authorityOf(URI server) {
        boolean usual = server.getPort() == (server.getScheme().equals("https") ? 443 : 80);
        return usual ? server.getHost() : server.getRawAuthority();
    }

    @Override
    public String target(URI requested) {
        return path.target(requested);
    }

    @Override
    public void addHeaders(ServerWebExchange exchange, HttpHeaders received, HttpHeaders sent) {
        ServerHttpRequest request = exchange.getRequest();
        String asked = received.get(HttpHeaderNames.HOST);
        sent.set(HttpHeaderNames.HOST, route.preserveHost() && asked != null ? asked : host);
        PassedOnHeaders.ofRequest(received, sent);
        @Nullable String cookies = ApplicationCookies.in(received);
        if (cookies != null) {
            sent.set(HttpHeaderNames.COOKIE, cookies);
        }
        addresses.of(request).ifPresent(address -> sent.set(FORWARDED_FOR, address));
        sent.set(FORWARDED_PROTO, secure.came(request) ? HTTPS : HTTP);
        if (asked != null) {
            sent.set(FORWARDED_HOST, asked);
        }
        if (!prefix.isEmpty()) {
            // For links: browsers see the application's paths below it.
            sent.set(FORWARDED_PREFIX, prefix);
        }
        sent.add(HttpHeaderNames.VIA, hop);
        route.requestHeaders().apply(sent);
        ServiceHeaders.addTo(sent, exchange);
    }
}
