package dev.frontdesk.kit.direct;

import dev.frontdesk.kit.identity.Permission;
import dev.frontdesk.kit.web.HandlerInput;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.condition.ConsumesRequestCondition;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** The direct handlers of a service, read from Spring's mappings when the service starts. */
final class DirectRoutes {

    private final DirectRoute[] routes;

    private DirectRoutes(List<DirectRoute> routes) {
        this.routes = routes.toArray(DirectRoute[]::new);
    }

    /**
     * @param permissions who may call an endpoint, by method and pattern
     * @throws IllegalStateException for a handler or a mapping that can't be used directly
     */
    static DirectRoutes of(
            Map<RequestMappingInfo, HandlerMethod> handlers, BiFunction<String, String, Permission> permissions) {
        var routes = new ArrayList<DirectRoute>();
        handlers.forEach((mapping, handler) -> {
            if (handler.hasMethodAnnotation(DirectHandler.class)) {
                routes.addAll(routesOf(mapping, handler, permissions, handlers.keySet()));
            }
        });
        return new DirectRoutes(routes);
    }

    boolean isEmpty() {
        return routes.length == 0;
    }

    @Nullable DirectRoute find(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        for (DirectRoute route : routes) {
            if (route.mayHandle(request, path)) {
                return route;
            }
        }
        return null;
    }

    private static List<DirectRoute> routesOf(
            RequestMappingInfo mapping,
            HandlerMethod found,
            BiFunction<String, String, Permission> permissions,
            Set<RequestMappingInfo> mappings) {
        HandlerMethod handler = found.createWithResolvedBean();
        Function<ServerWebExchange, Mono<Void>> call = callOf(handler);
        var routes = new ArrayList<DirectRoute>();
        for (PathPattern pattern : mapping.getPatternsCondition().getPatterns()) {
            String path = pattern.getPatternString();
            for (var method : mapping.getMethodsCondition().getMethods()) {
                routes.add(new DirectRoute(
                        HttpMethod.valueOf(method.name()),
                        pattern,
                        fixedBegin(pattern),
                        contentTypeOf(mapping, handler),
                        preferredTo(pattern, method, mappings),
                        HandlerInput.of(handler),
                        permissions.apply(method.name(), path),
                        call));
            }
        }
        return routes;
    }

    private static @Nullable String contentTypeOf(RequestMappingInfo mapping, HandlerMethod handler) {
        require(
                mapping.getParamsCondition().isEmpty()
                        && mapping.getHeadersCondition().isEmpty()
                        && mapping.getProducesCondition().isEmpty(),
                handler,
                "has conditions on parameters, headers or the response's type");
        ConsumesRequestCondition consumes = mapping.getConsumesCondition();
        if (consumes.isEmpty()) {
            return null;
        }
        require(consumes.getConsumableMediaTypes().size() == 1, handler, "accepts several content types");
        return consumes.getConsumableMediaTypes().iterator().next().toString();
    }

    private static Function<ServerWebExchange, Mono<Void>> callOf(HandlerMethod handler) {
        Method method = handler.getMethod();
        require(
                Arrays.equals(method.getParameterTypes(), new Class<?>[] {ServerWebExchange.class})
                        && method.getReturnType() == Mono.class,
                handler,
                "must have a ServerWebExchange as its only parameter and return Mono<Void>");
        method.setAccessible(true);
        Object bean = handler.getBean();
        return exchange -> call(method, bean, exchange);
    }

    @SuppressWarnings("unchecked")
    private static Mono<Void> call(Method method, Object bean, ServerWebExchange exchange) {
        try {
            return (Mono<Void>) method.invoke(bean, exchange);
        } catch (InvocationTargetException failed) {
            throw Exceptions.propagate(failed.getCause() == null ? failed : failed.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of two patterns that match, Spring takes the more specific one. */
    private static List<PathPattern> preferredTo(
            PathPattern pattern, RequestMethod method, Set<RequestMappingInfo> mappings) {
        return mappings.stream()
                .filter(mapping -> {
                    var methods = mapping.getMethodsCondition().getMethods();
                    return methods.isEmpty() || methods.contains(method);
                })
                .flatMap(mapping -> mapping.getPatternsCondition().getPatterns().stream())
                .filter(other -> PathPattern.SPECIFICITY_COMPARATOR.compare(other, pattern) < 0)
                .filter(other -> mayMatchTheSame(pattern, other))
                .toList();
    }

    private static boolean mayMatchTheSame(PathPattern pattern, PathPattern other) {
        String fixed = fixedBegin(pattern);
        String otherFixed = fixedBegin(other);
        return fixed.startsWith(otherFixed) || otherFixed.startsWith(fixed);
    }

    private static String fixedBegin(PathPattern pattern) {
        String path = pattern.getPatternString();
        return pattern.hasPatternSyntax() ? path.substring(0, path.indexOf('{')) : path;
    }

    private static void require(boolean holds, HandlerMethod handler, String problem) {
        if (!holds) {
            throw new IllegalStateException(handler + " " + problem);
        }
    }
}
