package dev.frontdesk.gateway.usage;

import dev.frontdesk.gateway.limits.SubjectLimits;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Puts the parts of usage together. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

    /** Each takes about 100 bytes in each hour and each day. */
    private static final int MOST_SUBJECTS = 10_000;

    @Bean
    UsageCounter usageCounter() {
        return new UsageCounter();
    }

    @Bean
    RedisUsage redisUsage(DirectRedis redis, ReactiveStringRedisTemplate template, KeySpace keys) {
        return new RedisUsage(redis, template, new UsageKeys(keys), MOST_SUBJECTS);
    }

    @Bean
    UsageWriter usageWriter(UsageCounter counter, RedisUsage redis, Clock clock, MeterRegistry meters) {
        return new UsageWriter(counter, new UnwrittenUsage(), redis::add, clock, meters);
    }

    @Bean
    UsageReports usageReports(RedisUsage redis, SubjectLimits limits) {
        return new UsageReports(redis, limits);
    }
}
