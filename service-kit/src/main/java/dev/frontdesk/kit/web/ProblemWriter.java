package dev.frontdesk.kit.web;

import dev.frontdesk.kit.connections.ClientDisconnects;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.tracing.TraceLog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every error of a WebFlux application with problem+json; runs before Spring Boot's own error handler. */
public final class ProblemWriter implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        TraceContext trace = RequestTelemetry.traceOf(exchange);
        if (ClientDisconnects.isGone(response)) {
            TraceLog.in(
                    trace,
                    () -> log.debug(
                            "{} {}: the client has disconnected",
                            exchange.getRequest().getMethod(),
                            Routes.of(exchange)));
            response.setStatusCode(ClientDisconnects.STATUS);
            return Mono.empty();
        }
        ProblemException problem = Problems.of(error);
        if (problem.getStatusCode().is5xxServerError()) {
            TraceLog.in(trace, () -> logFailure(exchange, error, problem));
        }
        response.setStatusCode(problem.getStatusCode());
        response.getHeaders().putAll(problem.getHeaders());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(bodyOf(problem, exchange));
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /**
     * For a handler that Spring does not call. If the response has begun, the only way to show the client that it is
     * incomplete is to close the connection: then the error is logged, and emitted.
     */
    public Mono<Void> answer(ServerWebExchange exchange, Throwable error) {
        return handle(exchange, error).onErrorResume(late -> {
            if (ClientDisconnects.isGone(exchange.getResponse())) {
                return Mono.empty();
            }
            return TraceLog.<Void>line(() -> log.warn(
                            "{} {}: the response broke off: {}",
                            exchange.getRequest().getMethod(),
                            Routes.of(exchange),
                            late.toString()))
                    .then(Mono.error(late));
        });
    }

    private static void logFailure(ServerWebExchange exchange, Throwable error, ProblemException problem) {
        if (problem.getStatusCode().value() == 500) {
            log.error("{} {} failed", exchange.getRequest().getMethod(), Routes.of(exchange), error);
            return;
        }
        // A chosen problem was logged with its cause, if that matters; the request's own line has the status.
        log.atLevel(error instanceof ProblemException ? Level.DEBUG : Level.WARN)
                .log(
                        "{} {} answered {}: {}",
                        exchange.getRequest().getMethod(),
                        Routes.of(exchange),
                        problem.getStatusCode().value(),
                        error.toString());
    }

    private static Map<String, Object> bodyOf(ProblemException problem, ServerWebExchange exchange) {
        var detail = problem.getBody();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", problem.type().uri());
        body.put("title", problem.type().title());
        body.put("status", detail.getStatus());
        if (detail.getDetail() != null) {
            body.put("detail", detail.getDetail());
        }
        body.put("instance", exchange.getRequest().getPath().value());
        if (detail.getProperties() != null) {
            body.putAll(detail.getProperties());
        }
        return body;
    }
}
