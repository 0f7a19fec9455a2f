package dev.frontdesk.kit.redis;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Redis clients that fail fast: a command has a timeout, no command waits for a lost connection, and none waits on an
 * event loop for the first connection.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@EnableConfigurationProperties(RedisProperties.class)
public class RedisAutoConfiguration {

    /** Lettuce's default maximum pause is 30 s: users would wait that long after Redis is available again. */
    private static final Delay RECONNECT =
            Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS);

    /** In command timeouts; more than one, because one slow command does not mean that the server is down. */
    private static final int SILENCE = 4;

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
    ClientResourcesBuilderCustomizer reconnectSoon(@Value("${spring.data.redis.timeout}") Duration timeout) {
        var handlers = new BatchedWrites(new DeadConnections(timeout.multipliedBy(SILENCE)));
        return resources -> resources.reconnectDelay(RECONNECT).nettyCustomizer(handlers);
    }

    @Bean
    LettuceClientConfigurationBuilderCustomizer verify(
            RedisProperties properties, @Value("${spring.data.redis.ssl.enabled:false}") boolean tls) {
        return client -> {
            if (tls) {
                client.useSsl().verifyPeer(properties.verifyPeer());
            }
        };
    }

    @Bean
    DirectRedis directRedis(LettuceConnectionFactory factory) {
        return new DirectRedis(((BackgroundConnectionFactory) factory)::getSharedReactiveConnection);
    }

    /** Replaces Spring Boot's connection factory, with the same settings. */
    @Bean
    static BeanPostProcessor connectInTheBackground(ObjectProvider<RedisProperties> properties) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                return bean.getClass() == LettuceConnectionFactory.class
                        ? BackgroundConnectionFactory.like(
                                (LettuceConnectionFactory) bean,
                                properties.getObject().connections())
                        : bean;
            }
        };
    }
}
