package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Policy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** The policies of tenants with one plan, instead of those of all tenants; null where the plan says nothing. */
record PlanLimits(
        @Nullable @NestedConfigurationProperty Policy account,
        @Nullable @NestedConfigurationProperty Policy apiKey,
        @Nullable @NestedConfigurationProperty Policy tenant) {

    static final PlanLimits NONE = new PlanLimits(null, null, null);
}
