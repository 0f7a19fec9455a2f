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

    /** Applications may name any number of subjects. */
    private static final int MOST_CUSTOM = 10_000;

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
    OutageCounters outageCounters(LocalCounters subjectsWithoutRedis) {
        return new OutageCounters(
                subjectsWithoutRedis,
                new LocalCounters(Ticker.systemTicker(), true),
                new LocalCounters(Ticker.systemTicker(), true, MOST_CUSTOM));
    }

    @Bean
    UntoldRequests untoldRequests(OutageCounters withoutRedis, RedisCounters redis, Breakers breakers) {
        return new UntoldRequests(withoutRedis.all(), redis, breakers.named(BREAKER));
    }

    @Bean
    RequestLimiter requestLimiter(
            RedisCounters redis,
            OutageCounters withoutRedis,
            UntoldRequests untold,
            LiveGateways gateways,
            Breakers breakers,
            LimiterProperties properties,
            MeterRegistry meters) {
        var breaker = breakers.named(BREAKER);
        RedisTransitions.count(breaker, meters);
        return new RequestLimiter(
                redis,
                withoutRedis,
                new LocalCounters(Ticker.systemTicker(), false),
                untold,
                new RememberedRefusals(Ticker.systemTicker()),
                gateways,
                breaker,
                properties.answerWithin());
    }
}
