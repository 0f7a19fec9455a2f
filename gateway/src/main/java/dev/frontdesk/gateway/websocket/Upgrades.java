package dev.frontdesk.gateway.websocket;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses an upgrade early if the route has no WebSocket. Spring Cloud Gateway would open the client's side first and
 * find only then that the service has none.
 */
@Component
final class Upgrades implements GlobalFilter, Ordered {

    /** Key in a route's metadata in application.yml. */
    private static final String METADATA = "websocket";

    private static final String WEBSOCKET = "websocket";

    @Override
    public int getOrder() {
        return Step.UPGRADE.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        List<String> upgrades = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.UPGRADE);
        return upgrades.isEmpty() || hasWebSocket(exchange) || upgrades.stream().noneMatch(Upgrades::isToWebSocket)
                ? chain.filter(exchange)
                : Mono.error(new ProblemException(ProblemType.MALFORMED_REQUEST, "This is not a WebSocket endpoint."));
    }

    private static boolean isToWebSocket(String upgrade) {
        return upgrade.toLowerCase(Locale.ROOT).contains(WEBSOCKET);
    }

    private static boolean hasWebSocket(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return Boolean.TRUE.equals(route.getMetadata().get(METADATA));
    }
}
