package dev.frontdesk.cache.namespaces;

import dev.frontdesk.cache.names.NamespaceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Namespaces whose settings the operator chooses for all tenants, and what tenants may choose.
 *
 * @param namedCaches times to live by namespace; settings that a tenant stores replace them
 * @param refresh how old the settings that an instance uses may be when it did not hear of a change
 * @param allowedNetworks addresses or CIDR ranges that are not public but may be origins, also over plain HTTP; each opens a network
 *     to all clients that may change settings
 * @param connectTimeout of a connection to an origin
 * @param connections at most to one host, from each instance
 * @param maxLoadsPerTenant how many requests to origins one instance sends at once for a tenant
 * @param maxWaitingPerTenant how many reads of a tenant may wait for origins at one instance
 * @param pauseAfterFailure for how long an origin is not asked for an entry again after it failed
 */
@ConfigurationProperties("frontdesk.cache.namespaces")
public record NamespacesProperties(
        @DefaultValue Map<String, NamedCache> namedCaches,
        @DefaultValue("10s") Duration refresh,
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("50") int connections,
        @DefaultValue("32") int maxLoadsPerTenant,
        @DefaultValue("2000") int maxWaitingPerTenant,
        @DefaultValue("1s") Duration pauseAfterFailure) {

    /**
     * Times to live of one namespace.
     *
     * @param maxTtl null for the largest
     */
    public record NamedCache(Duration defaultTtl, @Nullable Duration maxTtl) {}

    public NamespacesProperties {
        namedCaches = Map.copyOf(namedCaches);
        allowedNetworks = List.copyOf(allowedNetworks);
        if (!refresh.isPositive() || !connectTimeout.isPositive() || !pauseAfterFailure.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.cache.namespaces: refresh, connect-timeout and pause-after-failure must be positive");
        }
        if (connections < 1 || maxLoadsPerTenant < 1 || maxWaitingPerTenant < 1) {
            throw new IllegalArgumentException(
                    "frontdesk.cache.namespaces: connections, max-loads-per-tenant and max-waiting-per-tenant must be at least 1");
        }
        namedCaches.keySet().stream().filter(name -> !NamespaceName.isOne(name)).findFirst().ifPresent(wrong -> {
            throw new IllegalArgumentException("frontdesk.cache.namespaces.named-caches: not a namespace: " + wrong);
        });
    }
}
