package dev.frontdesk.cache.namespaces;

import static java.util.Objects.requireNonNullElse;

import dev.frontdesk.cache.namespaces.StoredSettings.StoredOrigin;
import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Completes what tenants have set with the defaults. */
@Component
class SettingsParser {

    private static final Logger log = LoggerFactory.getLogger(SettingsParser.class);

    private static final long TIMEOUT_MS = 2000;
    private static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);
    private static final int JITTER_PERCENT = 10;
    private static final int MAX_LOADS = 8;

    private final NamespaceSettings defaults;
    private final Map<String, NamespaceSettings> named = new TreeMap<>();
    private final SettingsSecrets secrets;
    private final JsonMapper json;

    SettingsParser(
            EntriesProperties entries, NamespacesProperties properties, SettingsSecrets secrets, JsonMapper json) {
        this.defaults = entries.settings();
        this.secrets = secrets;
        this.json = json;
        properties.namedCaches().forEach((name, cache) -> named.put(name, named(name, cache)));
    }

    private NamespaceSettings named(String name, NamespacesProperties.NamedCache cache) {
        Duration maxTtl = requireNonNullElse(cache.maxTtl(), defaults.maxTtl());
        if (cache.defaultTtl().compareTo(defaults.minTtl()) < 0
                || cache.defaultTtl().compareTo(maxTtl) > 0
                || maxTtl.compareTo(defaults.maxTtl()) > 0) {
            throw new IllegalArgumentException("frontdesk.cache.namespaces.named-caches." + name
                    + ": min-ttl <= default-ttl <= max-ttl must hold, within those of frontdesk.cache.entries");
        }
        return withTtl(cache.defaultTtl(), maxTtl);
    }

    private NamespaceSettings withTtl(Duration defaultTtl, Duration maxTtl) {
        return new NamespaceSettings(
                defaults.minTtl(), defaultTtl, maxTtl, WhenFull.REFUSE, Duration.ZERO, Duration.ZERO, null);
    }

    /** Of a namespace for which the tenant has set nothing. */
    NamespaceSettings defaultsOf(String namespace) {
        return named.getOrDefault(namespace, defaults);
    }

    /** Those that the operator has configured. */
    Map<String, NamespaceSettings> namedCaches() {
        return named;
    }

    StoredSettings read(String text) {
        return json.readValue(text, StoredSettings.class);
    }

    String write(StoredSettings settings) {
        return json.writeValueAsString(settings);
    }

    NamespaceSettings parse(TenantId tenant, String namespace, String text) {
        try {
            return complete(tenant, namespace, read(text));
        } catch (JacksonException unreadable) {
            log.error("The settings of the cache namespace {} of {} are not readable; set them again", namespace, tenant);
            return defaultsOf(namespace);
        }
    }

    private NamespaceSettings complete(TenantId tenant, String namespace, StoredSettings set) {
        Duration defaultTtl = seconds(set.defaultTtlSeconds(), defaults.defaultTtl());
        Duration maxTtl = shorter(seconds(set.maxTtlSeconds(), defaults.maxTtl()), defaults.maxTtl());
        return new NamespaceSettings(
                defaults.minTtl(),
                shorter(defaultTtl, maxTtl),
                maxTtl,
                requireNonNullElse(set.whenFull(), WhenFull.REFUSE),
                seconds(set.nearCacheSeconds(), Duration.ZERO),
                seconds(set.staleIfErrorSeconds(), Duration.ZERO),
                set.origin() == null ? null : origin(tenant, namespace, set.origin()));
    }

    private @Nullable Origin origin(TenantId tenant, String namespace, StoredOrigin set) {
        Map<String, String> headers;
        try {
            headers = secrets.open(set.sealedHeaders(), tenant, namespace);
        } catch (IllegalArgumentException sealedWithAnotherKey) {
            log.error(
                    "The headers of the origin of the cache namespace {} of {} can't be decrypted with this"
                            + " FRONTDESK_CACHE_KEY. Nothing is loaded from it: set them again",
                    namespace,
                    tenant);
            return null;
        }
        return new Origin(
                set.url(),
                headers,
                Duration.ofMillis(requireNonNullElse(set.timeoutMs(), TIMEOUT_MS)),
                seconds(set.negativeTtlSeconds(), NEGATIVE_TTL),
                seconds(set.staleWhileRevalidateSeconds(), Duration.ZERO),
                requireNonNullElse(set.ttlJitterPercent(), JITTER_PERCENT),
                requireNonNullElse(set.earlyRefresh(), true),
                requireNonNullElse(set.maxConcurrentLoads(), MAX_LOADS));
    }

    private static Duration seconds(@Nullable Long given, Duration otherwise) {
        return given == null ? otherwise : Duration.ofSeconds(given);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
