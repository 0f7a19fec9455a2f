package dev.frontdesk.cache.nearcache;

import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Subscribes to the changes of entries. */
@Configuration(proxyBeanMethods = false)
class NearCacheConfiguration {

    @Bean
    NearInvalidations nearInvalidations(
            PubSubConnection pubSub,
            KeySpace keys,
            ReactiveStringRedisTemplate redis,
            KnownNamespaces namespaces,
            NearCache near) {
        return new NearInvalidations(pubSub, keys, redis, namespaces, near);
    }
}
