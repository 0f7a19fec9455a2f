package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.web.StorableJson;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a request that stores several: its value is in exactly one of three fields.
 *
 * @param value any JSON, stored in its shortest form
 * @param text stored as UTF-8
 * @param base64 bytes (RFC 4648, section 4)
 * @param contentType one that fits is used if it is missing
 */
record BatchEntry(
        @Nullable String key,
        @Nullable StorableJson value,
        @Nullable String text,
        @Nullable String base64,
        @Nullable String contentType) {

    /** Without what the client stores: Spring logs requests with their fields at the level TRACE. */
    @Override
    public String toString() {
        return "BatchEntry";
    }
}
