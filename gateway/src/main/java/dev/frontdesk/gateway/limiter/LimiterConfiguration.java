package dev.frontdesk.gateway.limiter;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
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
    LiveGateways liveGateways(DirectRedis redis, KeySpace keys) {
        return new LiveGateways(redis, new SubjectKeys(keys));
    }

    @Bean
    LocalCounters subjectsWithoutRedis() {
        return new LocalCounters(Ticker.systemTicker(), true);
    }

    @Bean
    LocalCounters addressesWithoutRedis() {
        return new LocalCounters(Ticker.systemTicker(), true);
    }

    @Bean
    UntoldRequests untoldRequests(
            LocalCounters subjectsWithoutRedis,
            LocalCounters addressesWithoutRedis,
            RedisCounters redis,
            Breakers breakers) {
        return new UntoldRequests(List.of(subjectsWithoutRedis, addressesWithoutRedis), redis, breakers.named(BREAKER));
    }

    @Bean
    RequestLimiter requestLimiter(
            RedisCounters redis,
            LocalCounters subjectsWithoutRedis,
            LocalCounters addressesWithoutRedis,
            UntoldRequests untold,
            LiveGateways gateways,
            Breakers breakers,
            LimiterProperties properties,
            MeterRegistry meters) {
        var breaker = breakers.named(BREAKER);
        RedisTransitions.count(breaker, meters);
        return new RequestLimiter(
                redis,
                subjectsWithoutRedis,
                addressesWithoutRedis,
                new LocalCounters(Ticker.systemTicker(), false),
                untold,
                new RememberedRefusals(Ticker.systemTicker()),
                gateways,
                breaker,
                properties.answerWithin());
    }
}
