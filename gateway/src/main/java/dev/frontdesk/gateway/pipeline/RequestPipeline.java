package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.applications.ActiveRoute;
import dev.frontdesk.gateway.applications.ApplicationRoutes;
import dev.frontdesk.gateway.assertions.ApplicationAssertions;
import dev.frontdesk.gateway.assertions.PlainIdentity;
import dev.frontdesk.gateway.cors.CrossOriginRequests;
import dev.frontdesk.gateway.degradation.OutageMapping;
import dev.frontdesk.gateway.forwardauth.ForwardAuth;
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
    private final ApplicationRoutes applications;
    private final ApplicationAssertions assertions;
    private final ForwardAuth forwardAuth;

    RequestPipeline(
            Routing routing,
            Callers callers,
            CrossOriginRequests crossOrigin,
            Overload overload,
            RequestLimit limit,
            CallerHeaders callerHeaders,
            ApplicationRoutes applications,
            ApplicationAssertions assertions,
            ForwardAuth forwardAuth) {
        this.routing = routing;
        this.callers = callers;
        this.crossOrigin = crossOrigin;
        this.overload = overload;
        this.limit = limit;
        this.callerHeaders = callerHeaders;
        this.applications = applications;
        this.assertions = assertions;
        this.forwardAuth = forwardAuth;
    }

    /** Fails with the problem to answer; also a request that is refused early counts against a limit. */
    Mono<Void> handle(ServerWebExchange exchange) {
        Route route;
        try {
            route = checked(exchange);
        } catch (ProblemException refused) {
            return refuse(exchange, refused);
        }
        if (ForwardAuth.answers(route)) {
            return forwardAuth
                    .answer(exchange)
                    .onErrorResume(error -> refuse(exchange, OutageMapping.map(exchange, route, error)));
        }
        if (crossOrigin.isPreflight(exchange.getRequest())) {
            return crossOrigin.answerPreflight(exchange);
        }
        return identify(exchange)
                .flatMap(identity -> limited(exchange, route, identity))
                .onErrorResume(error -> refuse(exchange, OutageMapping.map(exchange, route, error)));
    }

    private Mono<Identity> identify(ServerWebExchange exchange) {
        ActiveRoute application = ApplicationRoutes.of(exchange);
        if (application == null) {
            return callers.identify(exchange.getRequest());
        }
        Identity.begins(exchange);
        return callers.identify(exchange.getRequest(), application.tenant(), application.isOpen());
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
            route = routeToAnApplication(exchange);
        }
        Upgrades.check(request.getHeaders(), route);
        return route;
    }

    private Route routeToAnApplication(ServerWebExchange exchange) {
        ActiveRoute application = applications.find(exchange);
        if (application == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "Not found.");
        }
        return application.springRoute();
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
                ActiveRoute application = ApplicationRoutes.of(exchange);
                if (application == null) {
                    ServiceHeaders.set(exchange, sent -> addHeaders(sent, exchange, known));
                    yield routing.forward(exchange, route);
                }
                ServiceHeaders.set(exchange, sent -> addHeadersForApplication(sent, exchange, application, known));
                Mono<Void> forwarded =
                        Mono.defer(() -> routing.forward(exchange, application.chain(), application.responseChange()));
                yield application.counted(exchange, forwarded).onErrorMap(application::map);
            }
        };
    }

    private void addHeaders(HttpHeaders sent, ServerWebExchange exchange, Identity.Known known) {
        callerHeaders.addTo(sent, exchange.getRequest(), known);
        addTrace(sent, exchange);
    }

    private void addHeadersForApplication(
            HttpHeaders sent, ServerWebExchange exchange, ActiveRoute application, Identity.Known known) {
        assertions.addTo(sent, known, application.audience());
        if (application.hasIdentityHeaders()) {
            PlainIdentity.addTo(sent, known.caller());
        }
        addTrace(sent, exchange);
    }

    private static void addTrace(HttpHeaders sent, ServerWebExchange exchange) {
        TraceContext trace = RequestTelemetry.traceOf(exchange);
        if (trace != null) {
            sent.set(TRACEPARENT, AsciiString.of(trace.traceparent()));
        }
    }
}
