package dev.frontdesk.gateway.routing;

import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.resources.ConnectionProvider;

/** The connections over which requests are passed on: those of Spring Cloud Gateway, with metrics. */
@Configuration(proxyBeanMethods = false)
class ServiceConnections {

    @Bean
    HttpPoolMetrics routePoolMetrics() {
        return new HttpPoolMetrics("routes");
    }

    @Bean
    HttpClientFactory gatewayHttpClientFactory(
            HttpClientProperties properties,
            ServerProperties server,
            HttpClientSslConfigurer tls,
            List<HttpClientCustomizer> customizers,
            HttpPoolMetrics routePoolMetrics) {
        return new HttpClientFactory(properties, server, tls, customizers) {
            @Override
            protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
                ConnectionProvider.Builder pool =
                        super.buildConnectionProvider(properties).mutate();
                // There is no pool if the configuration disables it.
                return pool == null
                        ? ConnectionProvider.newConnection()
                        : pool.metrics(true, () -> routePoolMetrics).build();
            }
        };
    }
}
