package dev.frontdesk.kit.connections;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Configures connection guards for every service. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectionProperties.class)
public class ConnectionsAutoConfiguration {

    @Bean
    ConnectionGuardCustomizer guardedConnections(ConnectionProperties properties, JsonMapper json) {
        return new ConnectionGuardCustomizer(properties, new Refusals(json));
    }
}
