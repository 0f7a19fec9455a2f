package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventPublisher;
import dev.frontdesk.kit.events.RedisOutbox;
import dev.frontdesk.kit.events.RedisOutboxRelay;
import dev.frontdesk.kit.redis.KeySpace;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Configures the Redis outbox for the events of pending registrations. */
@Configuration(proxyBeanMethods = false)
class VerificationOutbox {

    @Bean
    RedisOutbox verificationEvents(KeySpace keys) {
        return new RedisOutbox(keys, "verification-outbox");
    }

    @Bean
    RedisOutboxRelay verificationEventsRelay(
            RedisOutbox outbox, ReactiveStringRedisTemplate redis, EventPublisher publisher, EventCodec codec) {
        return new RedisOutboxRelay(outbox, redis, publisher, codec);
    }
}
