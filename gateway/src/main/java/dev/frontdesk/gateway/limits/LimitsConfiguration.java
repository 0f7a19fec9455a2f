package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
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
        return new TenantQuotas() {
            @Override
            public Quotas of(TenantId tenant) {
                return tenants.quotasOf(tenant);
            }

            @Override
            public String planOf(TenantId tenant) {
                return tenants.planOf(tenant);
            }
        };
    }

    /** The routes come from the configuration, so they are there at once. */
    @Bean
    RouteCosts routeCosts(RouteDefinitionLocator routes) {
        var defined = new ArrayList<RouteDefinition>();
        routes.getRouteDefinitions().subscribe(defined::add);
        return RouteCosts.of(defined);
    }

    @Bean
    Subjects subjects(Limits limits, TenantQuotas quotas, ApiKeys apiKeys, RouteCosts costs) {
        return new Subjects(limits, quotas, apiKeys::quotasOf, costs);
    }

    @Bean
    RequestMetrics requestMetrics(MeterRegistry meters) {
        return new RequestMetrics(meters);
    }

    @Bean
    RequestLimit requestLimit(
            RequestLimiter limiter,
            Subjects subjects,
            ClientAddresses addresses,
            RefusedClients refused,
            RequestCounts counts,
            RequestMetrics metrics) {
        return new RequestLimit(limiter, subjects, addresses, refused, metrics, counts);
    }

    @Bean
    SubjectLimits subjectLimits(RequestLimiter limiter, Subjects subjects, ApiKeys apiKeys) {
        return new SubjectLimits(limiter, subjects, apiKeys);
    }

    @Bean
    NamedSubjects namedSubjects(Subjects subjects, SubjectLimits limits, KnownTenants tenants) {
        return new NamedSubjects(subjects, limits, tenants);
    }
}
