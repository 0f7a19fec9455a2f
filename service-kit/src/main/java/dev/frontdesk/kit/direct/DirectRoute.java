package dev.frontdesk.kit.direct;

import dev.frontdesk.kit.identity.Permission;
import dev.frontdesk.kit.web.HandlerInput;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * One direct handler and the requests that it handles.
 *
 * @param prefix what every path begins with; the whole path if the pattern has no variables
 * @param contentType null if the handler accepts any
 * @param preferred more specific patterns of other handlers of this method; what they match is left to Spring
 */
record DirectRoute(
        HttpMethod method,
        PathPattern pattern,
        String prefix,
        @Nullable String contentType,
        List<PathPattern> preferred,
        HandlerInput input,
        Permission permission,
        Function<ServerWebExchange, Mono<Void>> handler) {

    /** @param path as it was sent, without the query */
    boolean mayHandle(ServerHttpRequest request, String path) {
        return request.getMethod().equals(method)
                && (pattern.hasPatternSyntax() ? path.startsWith(prefix) : path.equals(prefix))
                && (contentType == null
                        || contentType.equals(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)));
    }

    /** Leaves in the exchange what Spring would; false if the path does not match after all. */
    boolean match(ServerWebExchange exchange) {
        if (pattern.hasPatternSyntax()) {
            var path = exchange.getRequest().getPath().pathWithinApplication();
            var matched = pattern.matchAndExtract(path);
            if (matched == null || isPreferred(path)) {
                return false;
            }
            exchange.getAttributes().put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, matched.getUriVariables());
        }
        exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        return true;
    }

    /** An index and no iterator, because this runs with every request. */
    private boolean isPreferred(PathContainer path) {
        for (int i = 0; i < preferred.size(); i++) {
            if (preferred.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }
}
