package dev.frontdesk.cache.namespaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for a namespace, as it is stored in Redis (JSON). A field that is null has its default.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredSettings(
        @Nullable Long defaultTtlSeconds,
        @Nullable Long maxTtlSeconds,
        @Nullable WhenFull whenFull,
        @Nullable Long nearCacheSeconds,
        @Nullable Long staleIfErrorSeconds,
        @Nullable StoredOrigin origin) {

    /** @param sealedHeaders an object with the headers as JSON, encrypted; null without any */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredOrigin(
            String url,
            @Nullable String sealedHeaders,
            @Nullable Long timeoutMs,
            @Nullable Long negativeTtlSeconds,
            @Nullable Long staleWhileRevalidateSeconds,
            @Nullable Integer ttlJitterPercent,
            @Nullable Boolean earlyRefresh,
            @Nullable Integer maxConcurrentLoads) {

        StoredOrigin with(@Nullable String headers) {
            return new StoredOrigin(
                    url,
                    headers,
                    timeoutMs,
                    negativeTtlSeconds,
                    staleWhileRevalidateSeconds,
                    ttlJitterPercent,
                    earlyRefresh,
                    maxConcurrentLoads);
        }

        /** Paths of URLs can contain secrets. */
        @Override
        public String toString() {
            return "StoredOrigin";
        }
    }

    StoredSettings with(StoredOrigin changed) {
        return new StoredSettings(
                defaultTtlSeconds, maxTtlSeconds, whenFull, nearCacheSeconds, staleIfErrorSeconds, changed);
    }
}
