package dev.frontdesk.cache.namespaces;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Announces changes of settings to all instances. */
final class SettingsSignals extends RedisPubSubAdapter<String, String> {

    private static final Logger log = LoggerFactory.getLogger(SettingsSignals.class);

    private final String channel;
    private final ReactiveStringRedisTemplate redis;
    private final KnownNamespaces known;

    SettingsSignals(PubSubConnection pubSub, KeySpace keys, ReactiveStringRedisTemplate redis, KnownNamespaces known) {
        this.channel = keys.shared("cache-settings-changes");
        this.redis = redis;
        this.known = known;
        pubSub.tell(this);
        pubSub.keep(channel);
    }

    /** Without an announcement the others see the change at their next look. */
    Mono<Void> announce(TenantId tenant) {
        return redis.convertAndSend(channel, tenant.toString())
                .then()
                .onErrorResume(error -> {
                    log.debug("A change of cache settings was not announced: {}", error.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            known.mayHaveMissed();
        }
    }

    @Override
    public void message(String from, String tenant) {
        if (from.equals(channel)) {
            known.changed(new TenantId(tenant));
        }
    }
}
