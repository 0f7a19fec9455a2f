package dev.frontdesk.kit.web;

import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** The route pattern that a request matched. Used instead of the path, which may contain private data of the client. */
public final class Routes {

    /**
     * The attribute in which Spring Cloud Gateway stores the pattern of the route. This module does not depend on it.
     */
    private static final String GATEWAY_PATTERN =
            "org.springframework.cloud.gateway.support.ServerWebExchangeUtils.gatewayPredicateMatchedPathAttr";

    private Routes() {}

    /** For example {@code /api/v1/cache/{namespace}/{key}}; {@code (no route)} when nothing matched. */
    public static String of(ServerWebExchange exchange) {
        Object pattern = exchange.getAttributes().get(GATEWAY_PATTERN);
        if (pattern == null) {
            pattern = exchange.getAttributes().get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        }
        return pattern == null ? "(no route)" : pattern.toString();
    }
}
