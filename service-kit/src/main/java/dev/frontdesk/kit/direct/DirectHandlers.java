package dev.frontdesk.kit.direct;

import dev.frontdesk.kit.identity.Admission;
import dev.frontdesk.kit.web.ProblemWriter;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.springframework.context.ApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/**
 * Handles the requests of {@link DirectHandler}s with the same steps as all others: telemetry, identity, permission,
 * input, handler, and a problem for every error. All other requests go to Spring.
 */
final class DirectHandlers implements HttpHandler {

    private static final WebSessionManager NO_SESSIONS = _ -> Mono.empty();

    private final DirectRoutes routes;
    private final HttpHandler spring;
    private final Admission admission;
    private final RequestTelemetry telemetry;
    private final ProblemWriter problems;
    private final ApplicationContext context;
    private final ServerCodecConfigurer codecs = UnreadForms.codecs();
    private final AcceptHeaderLocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();

    DirectHandlers(
            DirectRoutes routes,
            HttpHandler spring,
            Admission admission,
            RequestTelemetry telemetry,
            ProblemWriter problems,
            ApplicationContext context) {
        this.routes = routes;
        this.spring = spring;
        this.admission = admission;
        this.telemetry = telemetry;
        this.problems = problems;
        this.context = context;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        DirectRoute route = routes.find(request);
        if (route == null) {
            return spring.handle(request, response);
        }
        var direct = new DirectResponse(response);
        var exchange = new DefaultServerWebExchange(request, direct, NO_SESSIONS, codecs, locales, context);
        return route.match(exchange) ? handle(exchange, direct, route) : spring.handle(request, response);
    }

    private Mono<Void> handle(ServerWebExchange exchange, DirectResponse response, DirectRoute route) {
        var recorded = telemetry.begin(exchange);
        response.atBegin(recorded::responseBegins);
        return call(exchange, route)
                .onErrorResume(error -> answer(exchange, error))
                .doOnCancel(recorded::clientGone)
                .contextWrite(
                        context -> Admission.origin(exchange, recorded.trace().writeTo(context)));
    }

    private Mono<Void> call(ServerWebExchange exchange, DirectRoute route) {
        try {
            admission.identify(exchange);
            admission.admit(route.permission(), exchange);
            Mono<Void> input = route.input().check(exchange.getRequest());
            return route.input().body()
                    ? route.handler().apply(exchange)
                    : input.then(Mono.defer(() -> route.handler().apply(exchange)));
        } catch (RuntimeException refused) {
            return Mono.error(refused);
        }
    }

    private Mono<Void> answer(ServerWebExchange exchange, Throwable error) {
        return problems.answer(exchange, error).then(Mono.defer(exchange.getResponse()::setComplete));
    }
}
