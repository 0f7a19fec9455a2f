package dev.frontdesk.cache.reads;

import dev.frontdesk.cache.entries.Held;
import org.jspecify.annotations.Nullable;

/** Values of the header {@code Cache-Status} (RFC 9211). */
final class CacheStatus {

    private static final String NAME = "frontdesk";

    private CacheStatus() {}

    /** @param detail why it is not simply what Redis has now; null if it is */
    static String hit(Held held, @Nullable String detail) {
        String hit = NAME + "; hit; ttl=" + Math.floorDiv(held.left().toMillis(), 1000);
        return detail == null ? hit : hit + "; detail=" + detail;
    }

    /** @param missing whether there was nothing, not even an expired entry */
    static String forwarded(boolean missing, boolean stored) {
        return NAME + (missing ? "; fwd=uri-miss" : "; fwd=stale") + (stored ? "; stored" : "");
    }
}
