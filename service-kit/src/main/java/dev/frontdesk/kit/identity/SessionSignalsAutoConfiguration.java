package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Subscribes to session signals if the service declares a listener. */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnBean(SessionSignals.Listener.class)
public class SessionSignalsAutoConfiguration {

    @Bean
    PubSubConnection pubSubConnection(LettuceConnectionFactory factory) {
        return new PubSubConnection(factory);
    }

    @Bean
    SessionSignals sessionSignals(PubSubConnection redis, KeySpace keys, SessionSignals.Listener listener) {
        return new SessionSignals(redis, keys, listener);
    }
}
