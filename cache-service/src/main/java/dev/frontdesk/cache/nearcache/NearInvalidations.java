package dev.frontdesk.cache.nearcache;

import dev.frontdesk.cache.entries.EntryListener;
import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.entries.Owner;
import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.cache.namespaces.NamespaceSettings;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/**
 * Announces changed entries of namespaces with a near cache to all instances: {@code <tenant> <namespace> <escaped key>…}, without a key
 * for all entries of the namespace. A change is announced before it is acknowledged. If it can't be, the copies of others are used
 * until they are too old.
 */
final class NearInvalidations extends RedisPubSubAdapter<String, String> implements EntryListener {

    private static final Logger log = LoggerFactory.getLogger(NearInvalidations.class);

    private static final Pattern BLANK = Pattern.compile(" ");

    private final String channel;
    private final ReactiveStringRedisTemplate redis;
    private final KnownNamespaces namespaces;
    private final NearCache near;

    NearInvalidations(
            PubSubConnection pubSub,
            KeySpace keys,
            ReactiveStringRedisTemplate redis,
            KnownNamespaces namespaces,
            NearCache near) {
        this.channel = keys.shared("cache-changes");
        this.redis = redis;
        this.namespaces = namespaces;
        this.near = near;
        pubSub.tell(this);
        pubSub.tellLost(near::disconnected);
        pubSub.keep(channel);
    }

    @Override
    public Mono<Void> changed(Owner owner, String namespace, Collection<EntryName> names) {
        // Also where there is none now: there may be copies from before the settings were changed.
        if (owner instanceof Owner.Application) {
            names.forEach(name -> near.changed(owner.tenant(), name));
        }
        if (!hasNearCache(owner, namespace)) {
            return Mono.empty();
        }
        return announce(Stream.concat(
                        Stream.of(owner.tenant().toString(), namespace),
                        names.stream().map(name -> KeySpace.escape(name.key())))
                .collect(Collectors.joining(" ")));
    }

    @Override
    public Mono<Void> invalidated(Owner owner, String namespace) {
        if (owner instanceof Owner.Application) {
            near.invalidated(owner.tenant(), namespace);
        }
        if (!hasNearCache(owner, namespace)) {
            return Mono.empty();
        }
        return announce(owner.tenant() + " " + namespace);
    }

    /** Where settings are not known yet, nothing was read: another instance may have copies. */
    private boolean hasNearCache(Owner owner, String namespace) {
        if (!(owner instanceof Owner.Application)) {
            return false;
        }
        NamespaceSettings settings = namespaces.known(owner.tenant(), namespace);
        return settings == null || settings.hasNearCache();
    }

    private Mono<Void> announce(String change) {
        return redis.convertAndSend(channel, change).then().onErrorResume(error -> {
            log.debug("A change of entries was not announced: {}", error.toString());
            return Mono.empty();
        });
    }

    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            near.connected();
        }
    }

    @Override
    public void message(String from, String change) {
        if (!from.equals(channel)) {
            return;
        }
        String[] parts = BLANK.split(change);
        var tenant = new TenantId(parts[0]);
        if (parts.length == 2) {
            near.invalidated(tenant, parts[1]);
        }
        for (int i = 2; i < parts.length; i++) {
            near.changed(tenant, EntryName.ofEscaped(parts[1], parts[i]));
        }
    }
}
