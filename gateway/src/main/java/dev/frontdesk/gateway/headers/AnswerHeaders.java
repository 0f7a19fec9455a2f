package dev.frontdesk.gateway.headers;

import dev.frontdesk.gateway.clients.SecureRequests;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.web.RequestTelemetry;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds the trace id to every response, and headers against MIME sniffing, framing, scripts and, by default, storing;
 * over HTTPS also Strict-Transport-Security (RFC 6797).
 */
@Component
final class AnswerHeaders implements WebFilter, Ordered {

    /** The trace id of the request, the same as in all its log lines. */
    static final String TRACE_ID = "X-Trace-Id";

    /** Headers that would show an attacker which software runs behind the gateway. */
    private static final List<String> TELLING = List.of("Server", "X-Powered-By");

    private final SecureRequests secure;
    private final String transportSecurity;

    AnswerHeaders(SecureRequests secure, TransportSecurity transportSecurity) {
        this.secure = secure;
        this.transportSecurity = transportSecurity.value();
    }

    @Override
    public int getOrder() {
        return Step.ANSWER_HEADERS.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> complete(exchange)));
        return chain.filter(exchange);
    }

    private void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        TELLING.forEach(headers::remove);
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
        if (headers.getCacheControl() == null) {
            headers.setCacheControl("no-store");
        }
    }

    private static void setUnlessSaid(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
