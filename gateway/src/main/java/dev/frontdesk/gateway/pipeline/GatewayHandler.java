package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.gateway.headers.AnswerHeaders;
import dev.frontdesk.gateway.overload.EarlyRefusal;
import dev.frontdesk.kit.web.ProblemWriter;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.springframework.context.ApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/**
 * Handles every request of the public port, instead of Spring's chain of WebFilters and its search for a handler: the
 * gateway has one handler, and what runs for every request is measured.
 */
final class GatewayHandler implements HttpHandler {

    private static final WebSessionManager NO_SESSIONS = _ -> Mono.empty();

    private final RequestPipeline pipeline;
    private final AnswerHeaders answerHeaders;
    private final RequestTelemetry telemetry;
    private final ProblemWriter problems;
    private final ApplicationContext context;
    private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
    private final AcceptHeaderLocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();

    GatewayHandler(
            RequestPipeline pipeline,
            AnswerHeaders answerHeaders,
            RequestTelemetry telemetry,
            ProblemWriter problems,
            ApplicationContext context) {
        this.pipeline = pipeline;
        this.answerHeaders = answerHeaders;
        this.telemetry = telemetry;
        this.problems = problems;
        this.context = context;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var exchange = new DefaultServerWebExchange(request, response, NO_SESSIONS, codecs, locales, context);
        if (pipeline.isTooBusyFor(exchange)) {
            return EarlyRefusal.send(response);
        }
        var recorded = telemetry.begin(exchange);
        response.beforeCommit(() -> {
            answerHeaders.complete(exchange);
            recorded.responseBegins();
            return Mono.empty();
        });
        return Mono.defer(() -> pipeline.handle(exchange))
                .onErrorResume(error -> problems.answer(exchange, error))
                .doOnCancel(recorded::clientGone)
                .then(Mono.defer(response::setComplete))
                .contextWrite(recorded.trace()::writeTo);
    }
}
