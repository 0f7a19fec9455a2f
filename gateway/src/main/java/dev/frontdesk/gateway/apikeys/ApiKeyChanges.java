package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.contracts.events.ApiKeyEvent;
import dev.frontdesk.kit.apikeys.ApiKeySignal;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import reactor.core.publisher.Mono;

/** Receives changes of keys: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class ApiKeyChanges extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final CachedApiKeys keys;

    ApiKeyChanges(PubSubConnection redis, KeySpace space, CachedApiKeys keys) {
        this.channel = ApiKeySignal.channel(space);
        this.keys = keys;
        redis.tell(this);
        redis.keep(channel);
    }

    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            keys.mayHaveMissed();
        }
    }

    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            ApiKeySignal.parse(message).ifPresent(signal -> keys.changed(signal.keyId(), signal.version()));
        }
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof ApiKeyEvent event) {
                keys.changed(event.keyId(), event.version());
            }
        });
    }
}
