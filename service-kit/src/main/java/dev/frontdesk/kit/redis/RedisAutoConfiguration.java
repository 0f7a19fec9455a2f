package dev.frontdesk.kit.redis;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.TimeoutOptions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** Redis clients that fail fast: a command has a timeout, and none is kept waiting for a lost connection. */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
public class RedisAutoConfiguration {

    @Bean
    KeySpace keySpace(@Value("${frontdesk.env}") String environment) {
        return new KeySpace(environment);
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled());
    }
}
