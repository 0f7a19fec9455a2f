package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.RefusedClients;
import dev.frontdesk.kit.redis.KeySpace;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the limits together. */
@Configuration(proxyBeanMethods = false)
class EdgeLimits {

    @Bean
    LimitFilter limitFilter(
            RedisRateLimiter limiter,
            Limits limits,
            ClientAddresses addresses,
            RefusedClients refused,
            ReactiveCircuitBreakerFactory<?, ?> breakers,
            KeySpace keys) {
        return new LimitFilter(new Buckets(limiter, limits, breakers.create("limits")), addresses, refused, keys);
    }

    @Bean
    UnroutedRequestLimit uncountedRequests(LimitFilter limit) {
        return new UnroutedRequestLimit(limit);
    }
}
