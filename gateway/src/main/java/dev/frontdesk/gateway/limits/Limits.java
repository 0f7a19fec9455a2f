package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Policy;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rate limits; application.yml has one line for each.
 *
 * @param address of a client that has not logged in, or whose credentials were refused. Each gateway has a bucket of its own
 *     for it, so that a flood costs no call of Redis; the windows are in Redis
 * @param account of an account in its tenant, all its sessions together
 * @param apiKey of an API key that has no quotas of its own
 * @param tenant of all accounts and API keys of a tenant together, if the tenant has no quotas of its own
 * @param plans by the name of the plan, what is different for its tenants
 * @param routes by the id of the route, what holds for its requests besides
 */
@ConfigurationProperties("frontdesk.gateway.limits")
record Limits(
        @NestedConfigurationProperty Policy address,
        @NestedConfigurationProperty Policy account,
        @NestedConfigurationProperty Policy apiKey,
        @NestedConfigurationProperty Policy tenant,
        @DefaultValue Map<String, PlanLimits> plans,
        @DefaultValue Map<String, RouteLimits> routes) {}
