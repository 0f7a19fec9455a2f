package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Subscribes to the releases of locks. */
@Configuration(proxyBeanMethods = false)
class LocksConfiguration {

    @Bean
    LockReleases lockReleases(PubSubConnection redis, KeySpace keys, LockWaiters waiters) {
        return new LockReleases(redis, keys, waiters);
    }
}
