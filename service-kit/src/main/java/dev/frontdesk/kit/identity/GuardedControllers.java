package dev.frontdesk.kit.identity;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Enforces the permission table for controllers, and passes them the caller. Every service that requires identity assertions
 * has it; the gateway, which identifies callers itself, imports it.
 */
@Configuration(proxyBeanMethods = false)
public class GuardedControllers implements WebFluxConfigurer {

    @Bean
    @ConditionalOnMissingBean
    Permissions permissions() {
        return Permissions.ofTheSuite();
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

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerArgumentResolver(), new OriginArgumentResolver());
    }
}
