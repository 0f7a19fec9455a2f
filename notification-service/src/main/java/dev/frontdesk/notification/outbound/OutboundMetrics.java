package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.metrics.EventLoops;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the connections to receivers, and the delay of their event loop. */
@Configuration(proxyBeanMethods = false)
class OutboundMetrics {

    @Bean
    HttpPoolMetrics outboundPoolMetrics(OutboundClient client) {
        return client.poolMetrics();
    }

    @Bean
    EventLoops outboundEventLoops(OutboundClient client) {
        return client.eventLoops();
    }
}
