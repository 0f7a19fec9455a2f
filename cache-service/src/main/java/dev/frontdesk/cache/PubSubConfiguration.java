package dev.frontdesk.cache;

import dev.frontdesk.kit.redis.PubSubConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The connection over which all features hear of changes at other instances. */
@Configuration(proxyBeanMethods = false)
class PubSubConfiguration {

    @Bean
    PubSubConnection pubSubConnection(LettuceConnectionFactory factory) {
        return new PubSubConnection(factory);
    }
}
