package dev.frontdesk.kit.connections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Configures connection guards for every service. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectionProperties.class)
public class ConnectionsAutoConfiguration {

    @Bean
    ConnectionGuardCustomizer guardedConnections(
            ConnectionProperties properties, JsonMapper json, ObjectProvider<TargetRewrite> targets) {
        return new ConnectionGuardCustomizer(
                properties, new Refusals(json), targets.orderedStream().toList());
    }
}
