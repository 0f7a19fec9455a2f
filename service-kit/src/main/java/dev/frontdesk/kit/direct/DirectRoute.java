package dev.frontdesk.kit.direct;

import dev.frontdesk.kit.identity.Permission;
import dev.frontdesk.kit.web.HandlerInput;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
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
 */
record DirectRoute(
        HttpMethod method,
        PathPattern pattern,
        String prefix,
        @Nullable String contentType,
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
            var matched =
                    pattern.matchAndExtract(exchange.getRequest().getPath().pathWithinApplication());
            if (matched == null) {
                return false;
            }
            exchange.getAttributes().put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, matched.getUriVariables());
        }
        exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        return true;
    }
}
