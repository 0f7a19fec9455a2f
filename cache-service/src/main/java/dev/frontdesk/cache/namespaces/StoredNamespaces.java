package dev.frontdesk.cache.namespaces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The settings of namespaces in Redis: a hash for each tenant, with the settings of each namespace as text. */
@Repository
class StoredNamespaces {

    /** Of a tenant. */
    static final int MOST = 200;

    private static final LuaScript READ = LuaScript.alsoWhenFull("namespaces/read_settings");
    private static final LuaScript PUT = new LuaScript("namespaces/put_settings");
    private static final LuaScript DELETE = LuaScript.alsoWhenFull("namespaces/delete_settings");

    /** After the last use by any instance. */
    private static final String KEPT_SECONDS = Long.toString(Duration.ofDays(400).toSeconds());

    private final DirectRedis redis;
    private final KeySpace keys;

    StoredNamespaces(DirectRedis redis, KeySpace keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The result of a write. */
    enum Stored {
        CREATED,
        REPLACED,

        /** The tenant has too many, and nothing is stored. */
        FULL,

        /** They are not what the caller has read, and nothing is stored. */
        CHANGED
    }

    /** Texts by namespace, sorted. */
    Mono<Map<String, String>> all(TenantId tenant) {
        return redis.run(READ, key(tenant), KEPT_SECONDS).map(StoredNamespaces::byNamespace);
    }

    private static Map<String, String> byNamespace(List<byte @Nullable []> reply) {
        var all = new TreeMap<String, String>();
        for (int i = 0; i < reply.size(); i += 2) {
            all.put(text(reply.get(i)), text(reply.get(i + 1)));
        }
        return all;
    }

    /** @param before the text that is replaced; null if there is none */
    Mono<Stored> put(TenantId tenant, String namespace, @Nullable String before, String settings) {
        return redis.run(
                        PUT,
                        key(tenant),
                        namespace,
                        before == null ? "" : before,
                        settings,
                        Integer.toString(MOST),
                        KEPT_SECONDS)
                .map(reply -> switch (text(reply.getFirst())) {
                    case "created" -> Stored.CREATED;
                    case "replaced" -> Stored.REPLACED;
                    case "full" -> Stored.FULL;
                    default -> Stored.CHANGED;
                });
    }

    /** @return false if there were none */
    Mono<Boolean> delete(TenantId tenant, String namespace) {
        return redis.run(DELETE, key(tenant), namespace)
                .map(reply -> text(reply.getFirst()).equals("1"));
    }

    private String key(TenantId tenant) {
        return keys.key(tenant, "cache-settings", Partition.of(tenant), "namespaces");
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }
}
