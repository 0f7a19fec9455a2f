package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Subscribes to the releases of locks. */
@Configuration(proxyBeanMethods = false)
class LocksConfiguration {

    @Bean
    PubSubConnection pubSubConnection(LettuceConnectionFactory factory) {
        return new PubSubConnection(factory);
    }

    @Bean
    LockReleases lockReleases(PubSubConnection redis, KeySpace keys, LockWaiters waiters) {
        return new LockReleases(redis, keys, waiters);
    }
}
