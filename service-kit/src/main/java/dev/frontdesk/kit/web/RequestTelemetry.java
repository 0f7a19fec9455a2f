package dev.frontdesk.kit.web;

import dev.frontdesk.kit.connections.ClientDisconnects;
import dev.frontdesk.kit.tracing.FinishedSpan;
import dev.frontdesk.kit.tracing.Sampling;
import dev.frontdesk.kit.tracing.SpanExport;
import dev.frontdesk.kit.tracing.TraceContext;
import io.micrometer.tracing.Span.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Records each request when its response begins: one log line, the timer {@code http.server.requests}, and a span if
 * the trace is sampled. A request that is not sampled costs no span.
 */
public final class RequestTelemetry {

    private static final String TRACE = RequestTelemetry.class.getName() + ".trace";

    private final Sampling sampling;
    private final SpanExport export;
    private final RequestTimers timers;
    private final @Nullable Duration slowAfter;

    /**
     * @param slowAfter the span of a request that fails with 5xx or takes at least this long is exported even if its
     *     trace is not sampled; null for sampled spans only
     */
    public RequestTelemetry(Sampling sampling, SpanExport export, RequestTimers timers, @Nullable Duration slowAfter) {
        this.sampling = sampling;
        this.export = export;
        this.timers = timers;
        this.slowAfter = slowAfter;
    }

    /** Continues the trace of the request, or begins one. */
    public RecordedRequest begin(ServerWebExchange exchange) {
        var trace =
                TraceContext.continued(exchange.getRequest().getHeaders().getFirst(TraceContext.TRACEPARENT), sampling);
        exchange.getAttributes().put(TRACE, trace);
        return new RecordedRequest(exchange, trace);
    }

    /** Null for a request that is not recorded, such as a probe. */
    public static @Nullable TraceContext traceOf(ServerWebExchange exchange) {
        return exchange.getAttribute(TRACE);
    }

    /** A request without a response so far. */
    public final class RecordedRequest {

        private final ServerWebExchange exchange;
        private final TraceContext trace;
        private final long start = System.nanoTime();
        private final AtomicBoolean recorded = new AtomicBoolean();

        private RecordedRequest(ServerWebExchange exchange, TraceContext trace) {
            this.exchange = exchange;
            this.trace = trace;
        }

        public TraceContext trace() {
            return trace;
        }

        /** Call this once the response has its status, before it is sent. */
        public void responseBegins() {
            HttpStatusCode status = exchange.getResponse().getStatusCode();
            record(status == null ? 200 : status.value());
        }

        /** Call this when the client has disconnected; without effect if the response has begun. */
        public void clientGone() {
            if (!exchange.getResponse().isCommitted()) {
                record(ClientDisconnects.STATUS.value());
            }
        }

        private void record(int status) {
            if (!recorded.compareAndSet(false, true)) {
                return;
            }
            long nanos = System.nanoTime() - start;
            String method =
                    RequestTimers.known(exchange.getRequest().getMethod().name());
            String route = Routes.of(exchange);
            RequestLog.write(trace, method, route, status, nanos);
            timers.record(method, route, status, nanos);
            if (export.isEnabled() && (trace.sampled() || isNotable(status, nanos))) {
                export(method, route, status, Duration.ofNanos(nanos));
            }
        }

        private boolean isNotable(int status, long nanos) {
            return slowAfter != null && (status >= 500 || nanos >= slowAfter.toNanos());
        }

        /** Attributes as in OpenTelemetry's semantic conventions for HTTP. No path and no query: both hold data. */
        private void export(String method, String route, int status, Duration took) {
            var tags = Map.of(
                    "http.request.method", method,
                    "http.route", route,
                    "http.response.status_code", Integer.toString(status));
            String failure = status >= 500 ? Integer.toString(status) : null;
            export.export(new FinishedSpan(trace, method + " " + route, Kind.SERVER, took, tags, failure));
        }
    }
}
