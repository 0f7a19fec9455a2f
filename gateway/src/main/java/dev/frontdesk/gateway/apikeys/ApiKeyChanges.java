package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.contracts.events.ApiKeyEvent;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.kit.apikeys.ApiKeySignal;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Receives changes of keys: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class ApiKeyChanges extends RedisPubSubAdapter<String, String> {

    private final String channel;
    private final CachedApiKeys keys;
    private final OpenStreams streams;

    ApiKeyChanges(PubSubConnection redis, KeySpace space, CachedApiKeys keys, OpenStreams streams) {
        this.channel = ApiKeySignal.channel(space);
        this.keys = keys;
        this.streams = streams;
        redis.tell(this);
        redis.keep(channel);
    }

    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            keys.mayHaveMissed();
            streams.endAllSoon();
        }
    }

    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            ApiKeySignal.parse(message).ifPresent(signal -> changed(signal.keyId(), signal.version()));
        }
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof ApiKeyEvent event) {
                changed(event.keyId(), event.version());
            }
        });
    }

    private void changed(UUID key, long version) {
        keys.changed(key, version);
        streams.endThoseOfKey(key);
    }
}
