package dev.frontdesk.cache.namespaces;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of entries, in namespaces without settings of their own.
 *
 * @param defaultTtl TTL of an entry whose request names none
 * @param minTtl shortest TTL, whole seconds
 * @param maxTtl longest TTL, whole seconds
 * @param maxSize largest body
 */
@ConfigurationProperties("frontdesk.cache.entries")
public record EntriesProperties(
        @DefaultValue("1h") Duration defaultTtl,
        @DefaultValue("1s") Duration minTtl,
        @DefaultValue("30d") Duration maxTtl,
        @DefaultValue("1MB") DataSize maxSize) {

    /** Redis accepts 512 MB, but each body is held in memory during its request. */
    private static final DataSize LARGEST = DataSize.ofMegabytes(16);

    private static final Duration DAY = Duration.ofDays(1);

    public EntriesProperties {
        if (minTtl.toSeconds() < 1 || minTtl.compareTo(defaultTtl) > 0 || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("1 s <= min-ttl <= default-ttl <= max-ttl must hold");
        }
        if (maxSize.toBytes() < 1 || maxSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("max-size must be 1B to 16MB");
        }
    }

    /** How long what is known about entries is kept after a write: longer than any entry, see entry_functions.lua. */
    public Duration kept() {
        // Entries that were loaded are kept for up to a day after they have expired.
        return longestTtl().plus(DAY.multipliedBy(2));
    }

    /** How long entries of other features may last. */
    public Duration longestTtl() {
        return maxTtl.compareTo(DAY) > 0 ? maxTtl : DAY;
    }

    /** The settings of a namespace that has none of its own. */
    NamespaceSettings settings() {
        return new NamespaceSettings(minTtl, defaultTtl, maxTtl, WhenFull.REFUSE, Duration.ZERO, Duration.ZERO, null);
    }
}
