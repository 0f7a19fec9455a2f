package dev.frontdesk.kit.warmup;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Warms up every service that has a {@link WarmUpRequest}. */
@AutoConfiguration
@EnableConfigurationProperties(WarmUpProperties.class)
public class WarmUpAutoConfiguration {

    @Bean
    WarmUp warmUp(
            ObjectProvider<WarmUpRequest> requests,
            WarmUpProperties properties,
            ObjectProvider<WarmUpConnection> connection,
            Environment environment) {
        return new WarmUp(
                requests.orderedStream().toList(),
                properties,
                connection.getIfAvailable(() -> plain -> plain),
                environment);
    }
}
