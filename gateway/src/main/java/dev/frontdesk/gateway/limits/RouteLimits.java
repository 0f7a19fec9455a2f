package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.cloud.gateway.route.Route;

/**
 * Policies for the requests of one route, which are counted by themselves, beside those for all requests. Null where there is
 * none. To have them instead of the others, give the route the cost 0.
 */
public record RouteLimits(
        @Nullable @NestedConfigurationProperty Policy address,
        @Nullable @NestedConfigurationProperty Policy account,
        @Nullable @NestedConfigurationProperty Policy apiKey,
        @Nullable @NestedConfigurationProperty Policy tenant) {

    static final RouteLimits NONE = new RouteLimits(null, null, null, null);

    /** The key in the metadata of a route that has limits of its own beside the configuration. */
    private static final String METADATA = "limits";

    public static RouteLimits of(Map<Subject.Kind, Policy> policies) {
        return new RouteLimits(
                policies.get(Subject.Kind.ADDRESS),
                policies.get(Subject.Kind.ACCOUNT),
                policies.get(Subject.Kind.API_KEY),
                policies.get(Subject.Kind.TENANT));
    }

    /**
     * For the metadata of a route.
     *
     * @param cost as how many requests one counts for the limits of all routes
     */
    public Map<String, Object> asMetadata(int cost) {
        return Map.of(METADATA, this, RouteCosts.COST, cost);
    }

    static @Nullable RouteLimits in(Route route) {
        return (RouteLimits) route.getMetadata().get(METADATA);
    }

    @Nullable Policy of(Subject.Kind kind) {
        return switch (kind) {
            case ADDRESS -> address;
            case ACCOUNT -> account;
            case API_KEY -> apiKey;
            case TENANT -> tenant;
            case CUSTOM -> null;
        };
    }
}
