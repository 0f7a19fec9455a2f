package dev.frontdesk.gateway.limits;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.web.server.ServerWebExchange;

/** How many requests one request of a route counts as: its metadata {@code cost}, else 1. */
final class RouteCosts {

    static final String COST = "cost";
    private static final int MOST = 1_000_000;

    private final Set<String> ids;
    private final Map<String, Integer> costs;

    private RouteCosts(Set<String> ids, Map<String, Integer> costs) {
        this.ids = Set.copyOf(ids);
        this.costs = Map.copyOf(costs);
    }

    static RouteCosts of(List<RouteDefinition> routes) {
        var costs = new HashMap<String, Integer>();
        var ids = new HashSet<String>();
        for (RouteDefinition route : routes) {
            ids.add(String.valueOf(route.getId()));
            Object cost = route.getMetadata().get(COST);
            if (cost != null) {
                costs.put(String.valueOf(route.getId()), read(cost.toString(), route));
            }
        }
        return new RouteCosts(ids, costs);
    }

    /** @throws IllegalStateException a negative cost would give requests back */
    private static int read(String cost, RouteDefinition route) {
        if (!cost.matches("[0-9]{1,7}") || Integer.parseInt(cost) > MOST) {
            throw new IllegalStateException(
                    "The cost of route " + route.getId() + " must be 0 to " + MOST + ", not " + cost);
        }
        return Integer.parseInt(cost);
    }

    /** @throws IllegalStateException for a route that does not exist */
    void requireRoute(String id) {
        if (!ids.contains(id)) {
            throw new IllegalStateException("frontdesk.gateway.limits.routes." + id + ": there is no such route");
        }
    }

    /** Also 1 for a request without a route. */
    int of(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
        if (route == null) {
            return 1;
        }
        // The metadata of a route of the configuration is a text, which was read at the start.
        Integer cost = costs.get(route.getId());
        return cost != null ? cost : route.getMetadata().get(COST) instanceof Integer own ? own : 1;
    }
}
