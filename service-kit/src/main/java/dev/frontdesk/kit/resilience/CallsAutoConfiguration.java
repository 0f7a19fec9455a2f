package dev.frontdesk.kit.resilience;

import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Configures every {@code WebClient} that is created from Spring Boot's builder. */
@AutoConfiguration
@EnableConfigurationProperties(CallsProperties.class)
public class CallsAutoConfiguration {

    /**
     * Maximum connections to one service, the same as in Spring Boot's own pool; twice as many further calls can wait
     * for a connection. Reactor Netty's builder alone would allow only 16. A call that finds the queue full looks like
     * an outage and opens the circuit breaker.
     */
    private static final int MAX_CONNECTIONS = 500;

    @Bean
    HttpPoolMetrics callPoolMetrics() {
        return new HttpPoolMetrics("calls");
    }

    @Bean(destroyMethod = "dispose")
    ConnectionProvider callConnections(CallsProperties properties, HttpPoolMetrics callPoolMetrics) {
        return ConnectionProvider.builder("calls")
                .maxConnections(MAX_CONNECTIONS)
                .maxIdleTime(properties.maxIdleTime())
                .metrics(true, () -> callPoolMetrics)
                .build();
    }

    /** Runs after Spring Boot's customizer, whose pool has no limit on idle time. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> callsFromThesePools(
            ConnectionProvider callConnections) {
        return builder -> builder.withHttpClientFactory(() -> UserAgents.unnamed(HttpClient.create(callConnections)));
    }

    @Bean
    WebClientCustomizer unsentCallsAgain() {
        return builder ->
                builder.filter((request, next) -> ConnectFailures.again(Mono.defer(() -> next.exchange(request))));
    }
}
