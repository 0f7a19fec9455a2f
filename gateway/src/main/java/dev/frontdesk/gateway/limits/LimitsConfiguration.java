package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.apikeys.ApiKeys;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import dev.frontdesk.gateway.tenants.KnownTenants;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the limits together. */
@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenantQuotas tenantQuotas(KnownTenants tenants) {
        return tenants::quotasOf;
    }

    /** The routes come from the configuration, so they are there at once. */
    @Bean
    RouteCosts routeCosts(RouteDefinitionLocator routes) {
        var defined = new ArrayList<RouteDefinition>();
        routes.getRouteDefinitions().subscribe(defined::add);
        return RouteCosts.of(defined);
    }

    @Bean
    RequestLimit requestLimit(
            RequestLimiter limiter,
            Limits limits,
            TenantQuotas quotas,
            ApiKeys apiKeys,
            RouteCosts costs,
            ClientAddresses addresses,
            RefusedClients refused,
            MeterRegistry meters) {
        return new RequestLimit(
                limiter,
                new Subjects(limits, quotas, apiKeys::quotasOf, costs),
                addresses,
                refused,
                new RequestMetrics(meters));
    }
}
