package dev.frontdesk.cache.namespaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a namespace with their defaults. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NamespaceResponse(
        String namespace,
        long defaultTtlSeconds,
        long maxTtlSeconds,
        String whenFull,
        long nearCacheSeconds,
        long staleIfErrorSeconds,
        @Nullable OriginResponse origin) {

    /** @param headers names; their values are not shown */
    record OriginResponse(
            String url,
            @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, @Nullable String> headers,
            long timeoutMs,
            long negativeTtlSeconds,
            long staleWhileRevalidateSeconds,
            int ttlJitterPercent,
            boolean earlyRefresh,
            int maxConcurrentLoads) {

        private static OriginResponse of(Origin origin) {
            var names = new TreeMap<String, @Nullable String>();
            origin.headers().keySet().forEach(name -> names.put(name, null));
            return new OriginResponse(
                    origin.template(),
                    names,
                    origin.timeout().toMillis(),
                    origin.negativeTtl().toSeconds(),
                    origin.staleWhileRevalidate().toSeconds(),
                    origin.jitterPercent(),
                    origin.earlyRefresh(),
                    origin.maxLoads());
        }

        /** Paths of URLs can contain secrets. */
        @Override
        public String toString() {
            return "OriginResponse";
        }
    }

    static NamespaceResponse of(String namespace, NamespaceSettings settings) {
        return new NamespaceResponse(
                namespace,
                settings.defaultTtl().toSeconds(),
                settings.maxTtl().toSeconds(),
                settings.whenFull().name().toLowerCase(Locale.ROOT),
                settings.nearCache().toSeconds(),
                settings.staleIfError().toSeconds(),
                settings.origin() == null ? null : OriginResponse.of(settings.origin()));
    }
}
