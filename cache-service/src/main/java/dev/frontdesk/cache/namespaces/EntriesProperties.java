package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of entries.
 *
 * @param defaultTtl TTL of an entry whose request names none
 * @param minTtl shortest TTL, whole seconds
 * @param maxTtl longest TTL, whole seconds
 * @param maxSize largest body
 */
@ConfigurationProperties("frontdesk.cache.entries")
record EntriesProperties(
        @DefaultValue("1h") Duration defaultTtl,
        @DefaultValue("1s") Duration minTtl,
        @DefaultValue("30d") Duration maxTtl,
        @DefaultValue("1MB") DataSize maxSize) {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** Redis accepts 512 MB, but each body is held in memory during its request. */
    private static final DataSize LARGEST = DataSize.ofMegabytes(16);

    EntriesProperties {
        if (minTtl.toSeconds() < 1 || minTtl.compareTo(defaultTtl) > 0 || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("1 s <= min-ttl <= default-ttl <= max-ttl must hold");
        }
        if (maxSize.toBytes() < 1 || maxSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("max-size must be 1B to 16MB");
        }
    }

    /** @param wanted whole seconds, as the caller sent them */
    Duration ttl(String wanted) {
        if (SECONDS.matcher(wanted).matches()) {
            return ttl(Long.parseLong(wanted));
        }
        throw refusedTtl();
    }

    /** @param wanted seconds */
    Duration ttl(long wanted) {
        if (wanted >= minTtl.toSeconds() && wanted <= maxTtl.toSeconds()) {
            return Duration.ofSeconds(wanted);
        }
        throw refusedTtl();
    }

    /** @param wanted seconds; null for the default */
    Duration ttlOrDefault(@Nullable Long wanted) {
        return wanted == null ? defaultTtl : ttl(wanted);
    }

    private ProblemException refusedTtl() {
        return ProblemException.invalid(
                "ttl_seconds",
                "must be a whole number of seconds from " + minTtl.toSeconds() + " to " + maxTtl.toSeconds());
    }
}
