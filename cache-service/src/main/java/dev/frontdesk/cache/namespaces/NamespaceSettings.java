package dev.frontdesk.cache.namespaces;

import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of a namespace are kept. Entries of accounts have only its times to live.
 *
 * @param minTtl shortest TTL, whole seconds
 * @param defaultTtl TTL of an entry whose request names none, whole seconds
 * @param maxTtl longest TTL, whole seconds
 * @param nearCache for how long an instance may use its copy of an entry without reading it again; zero for never
 * @param staleIfError for how long after its expiry a value may be used when no current one can be had; zero for never
 * @param origin where missing entries are loaded from; null if clients store all of them
 */
public record NamespaceSettings(
        Duration minTtl,
        Duration defaultTtl,
        Duration maxTtl,
        WhenFull whenFull,
        Duration nearCache,
        Duration staleIfError,
        @Nullable Origin origin) {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** @param wanted whole seconds, as the caller sent them */
    public Duration ttl(String wanted) {
        if (SECONDS.matcher(wanted).matches()) {
            return ttl(Long.parseLong(wanted));
        }
        throw refusedTtl();
    }

    /** @param wanted seconds */
    public Duration ttl(long wanted) {
        if (wanted >= minTtl.toSeconds() && wanted <= maxTtl.toSeconds()) {
            return Duration.ofSeconds(wanted);
        }
        throw refusedTtl();
    }

    /** @param wanted seconds; null for the default */
    public Duration ttlOrDefault(@Nullable Long wanted) {
        return wanted == null ? defaultTtl : ttl(wanted);
    }

    private ProblemException refusedTtl() {
        return ProblemException.invalid(
                "ttl_seconds",
                "must be a whole number of seconds from " + minTtl.toSeconds() + " to " + maxTtl.toSeconds());
    }

    public boolean evicts() {
        return whenFull == WhenFull.EVICT;
    }

    public boolean hasNearCache() {
        return nearCache.isPositive();
    }
}
