package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.cors.CrossOriginRequests;
import dev.frontdesk.gateway.degradation.OutageMapping;
import dev.frontdesk.gateway.headers.ServiceHeaders;
import dev.frontdesk.gateway.identity.CallerHeaders;
import dev.frontdesk.gateway.identity.Callers;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.limits.RequestLimit;
import dev.frontdesk.gateway.overload.Overload;
import dev.frontdesk.gateway.routing.PlainPaths;
import dev.frontdesk.gateway.routing.Routing;
import dev.frontdesk.gateway.urls.RefusedUrls;
import dev.frontdesk.gateway.websocket.Upgrades;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.RequestTelemetry;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The steps of a request, in their order: URL, route, caller, limit, service. */
@Component
final class RequestPipeline {

    private static final AsciiString TRACEPARENT = AsciiString.cached(TraceContext.TRACEPARENT);

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final Routing routing;
    private final Callers callers;
    private final CrossOriginRequests crossOrigin;
    private final Overload overload;
    private final RequestLimit limit;
    private final CallerHeaders callerHeaders;

    RequestPipeline(
            Routing routing,
            Callers callers,
            CrossOriginRequests crossOrigin,
            Overload overload,
            RequestLimit limit,
            CallerHeaders callerHeaders) {
        this.routing = routing;
        this.callers = callers;
        this.crossOrigin = crossOrigin;
        this.overload = overload;
        this.limit = limit;
        this.callerHeaders = callerHeaders;
    }

    /** Fails with the problem to answer; also a request that is refused early counts against a limit. */
    Mono<Void> handle(ServerWebExchange exchange) {
        Route route;
        try {
            route = checked(exchange);
        } catch (ProblemException refused) {
            return refuse(exchange, refused);
        }
        if (crossOrigin.isPreflight(exchange.getRequest())) {
            return crossOrigin.answerPreflight(exchange);
        }
        return callers.identify(exchange.getRequest())
                .flatMap(identity -> limited(exchange, route, identity))
                .onErrorResume(error -> refuse(exchange, OutageMapping.map(exchange, route, error)));
    }

    /** Whether the gateway is too busy for this request, for which nothing was done yet. */
    boolean isTooBusyFor(ServerWebExchange exchange) {
        if (!overload.isNow() || crossOrigin.isPreflight(exchange.getRequest())) {
            return false;
        }
        try {
            return overload.refuses(checked(exchange));
        } catch (ProblemException refused) {
            return false;
        }
    }

    /** @throws ProblemException 400, 404 or 405 */
    private Route checked(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod().equals(HttpMethod.TRACE)) {
            // It would show a client what the gateway adds (RFC 9110, section 9.3.8).
            throw noTrace();
        }
        String rawPath = request.getURI().getRawPath();
        RefusedUrls.check(rawPath);
        PlainPaths.check(rawPath);
        @Nullable Route route = routing.find(exchange);
        if (route == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "Not found.");
        }
        Upgrades.check(request.getHeaders(), route);
        return route;
    }

    private static ProblemException noTrace() {
        var problem = new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "TRACE is not allowed.");
        problem.getHeaders().setAllow(METHODS);
        return problem;
    }

    private Mono<Void> refuse(ServerWebExchange exchange, Throwable refusal) {
        return limit.countUnrouted(exchange).then(Mono.error(refusal));
    }

    private Mono<Void> limited(ServerWebExchange exchange, Route route, Identity identity) {
        Identity.set(exchange, identity);
        crossOrigin.allow(exchange, identity);
        return overload.limited(limit.count(exchange, identity)).flatMap(_ -> forward(exchange, route, identity));
    }

    private Mono<Void> forward(ServerWebExchange exchange, Route route, Identity identity) {
        return switch (identity) {
            case Identity.Refused refused -> Mono.error(refused.problem());
            case Identity.Known known -> {
                ServiceHeaders.set(exchange, sent -> addHeaders(sent, exchange, known));
                yield routing.forward(exchange, route);
            }
        };
    }

    private void addHeaders(HttpHeaders sent, ServerWebExchange exchange, Identity.Known known) {
        callerHeaders.addTo(sent, exchange.getRequest(), known);
        TraceContext trace = RequestTelemetry.traceOf(exchange);
        if (trace != null) {
            sent.set(TRACEPARENT, AsciiString.of(trace.traceparent()));
        }
    }
}
