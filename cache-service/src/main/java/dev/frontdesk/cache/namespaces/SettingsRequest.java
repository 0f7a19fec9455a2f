package dev.frontdesk.cache.namespaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a namespace as clients send them: what is missing has its default. */
record SettingsRequest(
        @Nullable Long defaultTtlSeconds,
        @Nullable Long maxTtlSeconds,
        @Nullable String whenFull,
        @Nullable Long nearCacheSeconds,
        @Nullable Long staleIfErrorSeconds,
        @Nullable OriginRequest origin) {

    /**
     * @param headers null for a value that stays as it is stored
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OriginRequest(
            @Nullable String url,
            @Nullable Map<String, @Nullable String> headers,
            @Nullable Long timeoutMs,
            @Nullable Long negativeTtlSeconds,
            @Nullable Long staleWhileRevalidateSeconds,
            @Nullable Integer ttlJitterPercent,
            @Nullable Boolean earlyRefresh,
            @Nullable Integer maxConcurrentLoads) {

        /** Without the headers, which can be secrets: Spring logs requests with their fields at the level TRACE. */
        @Override
        public String toString() {
            return "OriginRequest";
        }
    }
}
