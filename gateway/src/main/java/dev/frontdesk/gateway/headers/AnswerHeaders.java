package dev.frontdesk.gateway.headers;

import dev.frontdesk.gateway.clients.SecureRequests;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.web.RequestTelemetry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Adds the trace id to every response, and headers against MIME sniffing, framing, scripts and, by default, storing;
 * over HTTPS also Strict-Transport-Security (RFC 6797). Netty copies an {@link AsciiString} at once, but a String
 * character by character.
 */
@Component
public final class AnswerHeaders {

    /** The trace id of the request, the same as in all its log lines. */
    static final AsciiString TRACE_ID = AsciiString.cached("X-Trace-Id");

    private static final String OF_APPLICATION = AnswerHeaders.class.getName() + ".ofApplication";

    private static final AsciiString POWERED_BY = AsciiString.cached("X-Powered-By");
    private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("X-Content-Type-Options");
    private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
    private static final AsciiString CONTENT_SECURITY = AsciiString.cached("Content-Security-Policy");
    private static final AsciiString NOTHING = AsciiString.cached("default-src 'none'; frame-ancestors 'none'");
    private static final AsciiString REFERRER = AsciiString.cached("Referrer-Policy");
    private static final AsciiString NO_REFERRER = AsciiString.cached("no-referrer");
    private static final AsciiString TRANSPORT_SECURITY = AsciiString.cached("Strict-Transport-Security");
    private static final AsciiString CACHE_CONTROL = AsciiString.cached("Cache-Control");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");

    private final SecureRequests secure;
    private final AsciiString transportSecurity;

    AnswerHeaders(SecureRequests secure, TransportSecurity transportSecurity) {
        this.secure = secure;
        this.transportSecurity = AsciiString.cached(transportSecurity.value());
    }

    /**
     * The response is an application's: which scripts its pages have and how long its responses are stored is for it to say.
     */
    public static void areOfAnApplication(ServerWebExchange exchange) {
        exchange.getAttributes().put(OF_APPLICATION, true);
    }

    /** The response is one of the gateway after all. */
    public static void areOurOwn(ServerWebExchange exchange) {
        exchange.getAttributes().remove(OF_APPLICATION);
    }

    /** Call this once the response has all other headers. */
    public void complete(ServerWebExchange exchange) {
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        HttpHeaders headers = response.responseHeaders();
        // These would show an attacker which software runs behind the gateway.
        headers.remove(HttpHeaderNames.SERVER);
        headers.remove(POWERED_BY);
        TraceContext trace = RequestTelemetry.traceOf(exchange);
        if (trace != null) {
            headers.set(TRACE_ID, AsciiString.of(trace.traceId()));
        }
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
        if (!transportSecurity.isEmpty() && secure.came(exchange.getRequest())) {
            headers.set(TRANSPORT_SECURITY, transportSecurity);
        }
        if (!exchange.getAttributes().containsKey(OF_APPLICATION)) {
            setUnlessSaid(headers, CONTENT_SECURITY, NOTHING);
            setUnlessSaid(headers, REFERRER, NO_REFERRER);
            setUnlessSaid(headers, CACHE_CONTROL, NO_STORE);
        }
    }

    private static void setUnlessSaid(HttpHeaders headers, AsciiString name, AsciiString value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
