package dev.frontdesk.kit.identity;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Enforces the permission table in every service that requires identity assertions. */
@AutoConfiguration(after = IdentityAutoConfiguration.class)
@ConditionalOnProperty(name = "frontdesk.identity.verify", matchIfMissing = true)
public class AccessAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Permissions permissions() {
        return Permissions.ofTheSuite();
    }

    @Bean
    Admission admission(IdentityAssertions assertions, Permissions permissions) {
        return new Admission(assertions, permissions);
    }

    @Bean
    IdentityFilter identityFilter(Admission admission) {
        return new IdentityFilter(admission);
    }

    @Bean
    WebFluxRegistrations guardedHandlers(Permissions permissions) {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new GuardedHandlers(permissions);
            }
        };
    }

    @Bean
    UnguardedMappings unguardedMappings(List<HandlerMapping> mappings, Permissions permissions) {
        return new UnguardedMappings(mappings, permissions);
    }
}
