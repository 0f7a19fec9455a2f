package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Policies for the requests of one route, which are counted by themselves, beside those for all requests. Null where there is
 * none. To have them instead of the others, give the route the cost 0.
 */
record RouteLimits(
        @Nullable @NestedConfigurationProperty Policy address,
        @Nullable @NestedConfigurationProperty Policy account,
        @Nullable @NestedConfigurationProperty Policy apiKey,
        @Nullable @NestedConfigurationProperty Policy tenant) {

    static final RouteLimits NONE = new RouteLimits(null, null, null, null);

    @Nullable Policy of(Subject.Kind kind) {
        return switch (kind) {
            case ADDRESS -> address;
            case ACCOUNT -> account;
            case API_KEY -> apiKey;
            case TENANT -> tenant;
        };
    }
}
