package dev.frontdesk.cache.entries;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it was read.
 *
 * @param left until it expires, by the clocks of our services; negative for one that was loaded and has expired
 * @param loaded null if a client stored it
 */
public record Held(Entry entry, Duration left, @Nullable Loaded loaded) {

    /** Never negative. */
    public Duration remaining() {
        return left.isNegative() ? Duration.ZERO : left;
    }

    long secondsLeft() {
        return Entries.secondsOf(remaining());
    }

    /** An entry of a client exists until Redis removes it. */
    public boolean isFresh() {
        return loaded == null || left.isPositive();
    }

    /** Whether it expired no longer ago than this. */
    public boolean expiredWithin(Duration time) {
        return left.plus(time).isPositive();
    }

    /** Whether the origin did not have it. */
    public boolean isAbsent() {
        return entry.tag().isEmpty();
    }

    /** Whether clients see it. */
    boolean isCurrent() {
        return isFresh() && !isAbsent();
    }
}
