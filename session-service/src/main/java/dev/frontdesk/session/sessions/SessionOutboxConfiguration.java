package dev.frontdesk.session.sessions;

import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventPublisher;
import dev.frontdesk.kit.events.RedisOutbox;
import dev.frontdesk.kit.events.RedisOutboxRelay;
import dev.frontdesk.kit.redis.KeySpace;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Sends the events that the session scripts write to Kafka. */
@Configuration(proxyBeanMethods = false)
class SessionOutboxConfiguration {

    @Bean
    RedisOutbox sessionOutbox(KeySpace keys) {
        return new RedisOutbox(keys, "session-outbox");
    }

    @Bean
    RedisOutboxRelay sessionOutboxRelay(
            RedisOutbox outbox, ReactiveStringRedisTemplate redis, EventPublisher publisher, EventCodec codec) {
        return new RedisOutboxRelay(outbox, redis, publisher, codec);
    }
}
