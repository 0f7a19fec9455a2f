package dev.frontdesk.gateway.limits;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.web.server.ServerWebExchange;

/** How many requests one request of a route counts as: its metadata {@code cost}, else 1. */
final class RouteCosts {

    private static final String COST = "cost";
    private static final int MOST = 1_000_000;

    private final Map<String, Integer> costs;

    private RouteCosts(Map<String, Integer> costs) {
        this.costs = Map.copyOf(costs);
    }

    static RouteCosts of(List<RouteDefinition> routes) {
        var costs = new HashMap<String, Integer>();
        for (RouteDefinition route : routes) {
            Object cost = route.getMetadata().get(COST);
            if (cost != null) {
                costs.put(String.valueOf(route.getId()), read(cost.toString(), route));
            }
        }
        return new RouteCosts(costs);
    }

    /** @throws IllegalStateException a negative cost would give requests back */
    private static int read(String cost, RouteDefinition route) {
        if (!cost.matches("[0-9]{1,7}") || Integer.parseInt(cost) > MOST) {
            throw new IllegalStateException(
                    "The cost of route " + route.getId() + " must be 0 to " + MOST + ", not " + cost);
        }
        return Integer.parseInt(cost);
    }

    /** Of the route that costs most. */
    int most() {
        return costs.values().stream().reduce(1, Math::max);
    }

    /** Also 1 for a request without a route. */
    int of(ServerWebExchange exchange) {
        Route route = costs.isEmpty() ? null : exchange.getAttribute(GATEWAY_ROUTE_ATTR);
        return route == null ? 1 : costs.getOrDefault(route.getId(), 1);
    }
}
