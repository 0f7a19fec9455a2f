package dev.frontdesk.kit.lifecycle;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Configures draining for every service. */
@AutoConfiguration
@EnableConfigurationProperties(DrainProperties.class)
public class DrainAutoConfiguration {

    @Bean
    ShutdownSignal shutdownSignal(DrainProperties properties, LifecycleProperties lifecycle) {
        if (properties.serveOn().compareTo(lifecycle.getTimeoutPerShutdownPhase()) >= 0) {
            throw new IllegalArgumentException(
                    "frontdesk.drain.wait must be shorter than spring.lifecycle.timeout-per-shutdown-phase");
        }
        return new ShutdownSignal(properties.serveOn());
    }

    @Bean
    DrainingConnections closingConnections(ShutdownSignal shutdown) {
        return new DrainingConnections(shutdown);
    }

    @Bean
    SocketDrain socketFarewell(DrainProperties properties, ShutdownSignal shutdown) {
        return new SocketDrain(properties, shutdown);
    }
}
