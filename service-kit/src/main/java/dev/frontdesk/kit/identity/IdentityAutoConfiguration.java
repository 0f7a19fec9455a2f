package dev.frontdesk.kit.identity;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Every service can sign and verify assertions; all services except the gateway require one with each request. */
@AutoConfiguration
@EnableConfigurationProperties(IdentityProperties.class)
public class IdentityAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    IdentityAssertions identityAssertions(IdentityProperties properties, Clock clock) {
        return new IdentityAssertions(properties.secretKeys(), clock);
    }
}
