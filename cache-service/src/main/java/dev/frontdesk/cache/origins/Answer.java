package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.Entry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an origin answered. */
sealed interface Answer {

    /**
     * The value.
     *
     * @param tags by which the entry can be invalidated
     * @param etag as the origin sent it; null without one
     * @param lastModified the same
     */
    record Value(
            Entry entry,
            Set<String> tags,
            @Nullable String etag,
            @Nullable String lastModified) implements Answer {}

    /** The value that we have is still current. */
    record NotModified() implements Answer {}

    /** The origin does not have it (404 or 410). */
    record Absent() implements Answer {}

    /**
     * No value that can be used.
     *
     * @param reason in words that the tenant may read, a continuation of "the origin"
     * @param timeout whether it did not answer in time
     * @param pause for how long it asked to be left alone; null if it did not
     */
    record Failure(String reason, boolean timeout, @Nullable Duration pause) implements Answer {}
}
