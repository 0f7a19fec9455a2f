package dev.frontdesk.kit.web;

import java.util.stream.Stream;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** The pattern that a request matched, in place of its path: what clients put into a path may be nobody's business. */
public final class Routes {

    /** Where Spring Cloud Gateway, which this module does not know, leaves the pattern of the route. */
    private static final String GATEWAY_PATTERN =
            "org.springframework.cloud.gateway.support.ServerWebExchangeUtils.gatewayPredicateMatchedPathAttr";

    private Routes() {}

    /** For example {@code /api/v1/cache/{namespace}/{key}}; {@code (no route)} when nothing matched. */
    public static String of(ServerWebExchange exchange) {
        return Stream.of(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, GATEWAY_PATTERN)
                .map(exchange.getAttributes()::get)
                .filter(pattern -> pattern != null)
                .map(Object::toString)
                .findFirst()
                .orElse("(no route)");
    }
}
