package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Passes the {@link Caller} to a handler; a narrower parameter type restricts which kinds of caller the handler
 * accepts.
 */
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        Caller caller = Admission.callerOf(exchange);
        if (caller != null && parameter.getParameterType().isInstance(caller)) {
            return Mono.just(caller);
        }
        return Mono.error(
                caller == null || caller instanceof Caller.Anonymous
                        ? ProblemException.unauthenticated()
                        : new ProblemException(ProblemType.FORBIDDEN, "This endpoint is for another kind of caller."));
    }
}
