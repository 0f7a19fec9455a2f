package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.kit.redis.KeySpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Puts the parts of the limits together. */
@Configuration(proxyBeanMethods = false)
class EdgeLimits {

    /** With the text of the script, which Spring Cloud Gateway would look for in its jar at every call. */
    @Bean
    RedisRateLimiter redisRateLimiter(
            ReactiveStringRedisTemplate redis,
            @Value("classpath:/META-INF/scripts/request_rate_limiter.lua") Resource script,
            ConfigurationService configuration)
            throws IOException {
        @SuppressWarnings("unchecked")
        Class<List<Long>> numbers = (Class<List<Long>>) (Class<?>) List.class;
        return new RedisRateLimiter(
                redis, RedisScript.of(script.getContentAsString(StandardCharsets.UTF_8), numbers), configuration);
    }

    @Bean
    RequestLimit requestLimit(
            RedisRateLimiter limiter,
            Limits limits,
            ClientAddresses addresses,
            RefusedClients refused,
            Breakers breakers,
            KeySpace keys) {
        return new RequestLimit(new Buckets(limiter, limits, breakers.named("limits")), addresses, refused, keys);
    }
}
