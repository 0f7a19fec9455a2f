package dev.frontdesk.kit.redis;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Redis clients that fail fast: a command has a timeout, none is kept waiting for a lost connection, and none waits on an
 * event loop for the first one.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
public class RedisAutoConfiguration {

    /** Lettuce's own longest pause is 30 s: users would wait that long for a Redis that is back. */
    private static final Delay RECONNECT =
            Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS);

    @Bean
    KeySpace keySpace(@Value("${frontdesk.env}") String environment) {
        return new KeySpace(environment);
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled());
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(RECONNECT);
    }

    /** In the place of Spring Boot's connection factory, with the same settings. */
    @Bean
    static BeanPostProcessor connectInTheBackground() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                return bean.getClass() == LettuceConnectionFactory.class
                        ? BackgroundConnectionFactory.like((LettuceConnectionFactory) bean)
                        : bean;
            }
        };
    }
}
