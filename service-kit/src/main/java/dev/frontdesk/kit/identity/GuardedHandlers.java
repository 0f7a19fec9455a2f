package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.web.HandlerInput;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Finds handlers as Spring does, but returns one only if the permission table admits the caller and the request
 * contains nothing that the handler does not read.
 */
final class GuardedHandlers extends RequestMappingHandlerMapping {

    private final Permissions permissions;
    private Map<Method, HandlerInput> inputs = Map.of();

    GuardedHandlers(Permissions permissions) {
        this.permissions = permissions;
    }

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
        handlers.keySet().forEach(this::require);
        var read = new HashMap<Method, HandlerInput>();
        handlers.values().forEach(handler -> read.put(handler.getMethod(), HandlerInput.of(handler)));
        inputs = Map.copyOf(read);
        super.handlerMethodsInitialized(handlers);
    }

    /** A handler that accepts any method is refused too, because the table has no entry for it. */
    private void require(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        for (var pattern : mapping.getPatternsCondition().getPatterns()) {
            if (methods.isEmpty()) {
                permissions.require("*", pattern.getPatternString());
            }
            methods.forEach(method -> permissions.require(method.name(), pattern.getPatternString()));
        }
    }

    @Override
    public Mono<HandlerMethod> getHandlerInternal(ServerWebExchange exchange) {
        return super.getHandlerInternal(exchange)
                .doOnNext(_ -> check(exchange))
                .delayUntil(it -> checkInput(it, exchange));
    }

    private Mono<Void> checkInput(HandlerMethod handler, ServerWebExchange exchange) {
        HandlerInput input = inputs.get(handler.getMethod());
        // Spring has its own handlers for OPTIONS.
        return input == null ? Mono.empty() : input.check(exchange.getRequest());
    }

    private void check(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        // Spring answers OPTIONS itself, with the allowed methods.
        if (!method.equals(HttpMethod.OPTIONS)) {
            PathPattern pattern = exchange.getRequiredAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE);
            String asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET.name() : method.name();
            permissions.check(asked, pattern.getPatternString(), Callers.of(exchange));
        }
    }
}
