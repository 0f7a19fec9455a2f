package dev.frontdesk.gateway.headers;

import dev.frontdesk.gateway.clients.SecureRequests;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Adds the trace id to every response, and headers against MIME sniffing, framing, scripts and, by default, storing;
 * over HTTPS also Strict-Transport-Security (RFC 6797).
 */
@Component
public final class AnswerHeaders {

    /** The trace id of the request, the same as in all its log lines. */
    static final String TRACE_ID = "X-Trace-Id";

    private final SecureRequests secure;
    private final String transportSecurity;

    AnswerHeaders(SecureRequests secure, TransportSecurity transportSecurity) {
        this.secure = secure;
        this.transportSecurity = transportSecurity.value();
    }

    /** Call this once the response has all other headers. */
    public void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        // These would show an attacker which software runs behind the gateway.
        headers.remove("Server");
        headers.remove("X-Powered-By");
        TraceContext trace = RequestTelemetry.traceOf(exchange);
        if (trace != null) {
            headers.set(TRACE_ID, trace.traceId());
        }
        headers.set("X-Content-Type-Options", "nosniff");
        setUnlessSaid(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        setUnlessSaid(headers, "Referrer-Policy", "no-referrer");
        if (!transportSecurity.isEmpty() && secure.came(exchange.getRequest())) {
            headers.set("Strict-Transport-Security", transportSecurity);
        }
        setUnlessSaid(headers, HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static void setUnlessSaid(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
