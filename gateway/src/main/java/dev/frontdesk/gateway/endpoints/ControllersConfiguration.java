package dev.frontdesk.gateway.endpoints;

import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.kit.identity.GuardedControllers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Makes controllers work in the gateway as they do in the services. */
@Configuration(proxyBeanMethods = false)
@Import(GuardedControllers.class)
class ControllersConfiguration {

    @Bean
    ControllersGatewayFilterFactory controllers(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            @Qualifier("requestMappingHandlerAdapter") RequestMappingHandlerAdapter adapter,
            ObjectProvider<HandlerResultHandler> results,
            ClientAddresses addresses) {
        return new ControllersGatewayFilterFactory(
                mapping, adapter, results.orderedStream().toList(), addresses);
    }
}
