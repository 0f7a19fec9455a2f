package dev.frontdesk.gateway.limiter;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the limiter together. */
@Configuration(proxyBeanMethods = false)
class LimiterConfiguration {

    private static final String BREAKER = "limits";

    @Bean
    RedisCounters redisCounters(DirectRedis redis, KeySpace keys) {
        return new RedisCounters(redis, new SubjectKeys(keys));
    }

    @Bean
    LocalCounters localCounters() {
        return new LocalCounters(Ticker.systemTicker());
    }

    @Bean
    LiveGateways liveGateways(DirectRedis redis, KeySpace keys) {
        return new LiveGateways(redis, new SubjectKeys(keys));
    }

    @Bean
    UntoldRequests untoldRequests(LocalCounters localCounters, RedisCounters redis, Breakers breakers) {
        return new UntoldRequests(localCounters, redis, breakers.named(BREAKER));
    }

    @Bean
    RequestLimiter requestLimiter(
            RedisCounters redis,
            LocalCounters localCounters,
            UntoldRequests untold,
            LiveGateways gateways,
            Breakers breakers,
            LimiterProperties properties,
            MeterRegistry meters) {
        var breaker = breakers.named(BREAKER);
        RedisTransitions.count(breaker, meters);
        return new RequestLimiter(
                redis,
                localCounters,
                new LocalCounters(Ticker.systemTicker()),
                untold,
                new RememberedRefusals(Ticker.systemTicker()),
                gateways,
                breaker,
                properties.answerWithin());
    }
}
