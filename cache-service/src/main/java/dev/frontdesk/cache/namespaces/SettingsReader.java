package dev.frontdesk.cache.namespaces;

import static java.util.Objects.requireNonNullElse;

import dev.frontdesk.cache.namespaces.SettingsRequest.OriginRequest;
import dev.frontdesk.kit.outbound.GuardedClients;
import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.web.FieldReader;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the settings that clients send. */
@Component
class SettingsReader {

    /** Longer than any entry is kept after its expiry, see {@code EntryChanges}. */
    static final long LONGEST_STALE_SECONDS = 86_400;

    private static final int MOST_HEADERS = 16;
    private static final int LONGEST_HEADER = 4096;
    private static final int LONGEST_NEAR_SECONDS = 60;
    private static final int SHORTEST_TIMEOUT_MS = 50;

    /** With two requests and their waiting in the 10 seconds that the gateway waits. */
    private static final int LONGEST_TIMEOUT_MS = 4000;

    private static final int MOST_JITTER = 50;
    private static final int MOST_LOADS = 64;
    private static final int LONGEST_NEGATIVE_SECONDS = 3600;

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    /** What the HTTP client sets, or what would change the meaning of the request or the response. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection",
            "accept-encoding",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range");

    private final EntriesProperties properties;
    private final GuardedClients clients;

    SettingsReader(EntriesProperties properties, GuardedClients clients) {
        this.properties = properties;
        this.clients = clients;
    }

    /**
     * @return the settings without the headers of the origin
     * @throws dev.frontdesk.kit.web.ProblemException 400
     */
    StoredSettings read(SettingsRequest request) {
        var fields = new FieldReader();
        long minTtl = properties.minTtl().toSeconds();
        long longest = properties.maxTtl().toSeconds();
        fields.range("default_ttl_seconds", request.defaultTtlSeconds(), minTtl, longest);
        fields.range("max_ttl_seconds", request.maxTtlSeconds(), minTtl, longest);
        long defaultTtl =
                requireNonNullElse(request.defaultTtlSeconds(), properties.defaultTtl().toSeconds());
        if (request.maxTtlSeconds() != null && request.maxTtlSeconds() < defaultTtl) {
            fields.refuse("max_ttl_seconds", "must not be less than default_ttl_seconds, which is " + defaultTtl);
        }
        Optional<WhenFull> whenFull = fields.optional("when_full", request.whenFull(), SettingsReader::whenFull);
        fields.range("near_cache_seconds", request.nearCacheSeconds(), 0, LONGEST_NEAR_SECONDS);
        fields.range("stale_if_error_seconds", request.staleIfErrorSeconds(), 0, LONGEST_STALE_SECONDS);
        StoredSettings.StoredOrigin origin = request.origin() == null ? null : origin(request.origin(), fields);
        fields.check();
        return new StoredSettings(
                request.defaultTtlSeconds(),
                request.maxTtlSeconds(),
                whenFull.orElse(null),
                request.nearCacheSeconds(),
                request.staleIfErrorSeconds(),
                origin);
    }

    private static WhenFull whenFull(String text) {
        return switch (text) {
            case "refuse" -> WhenFull.REFUSE;
            case "evict" -> WhenFull.EVICT;
            default -> throw new IllegalArgumentException("must be refuse or evict");
        };
    }

    private StoredSettings.StoredOrigin origin(OriginRequest origin, FieldReader fields) {
        String url = fields.required("origin.url", origin.url(), this::template).orElse("");
        fields.range("origin.timeout_ms", origin.timeoutMs(), SHORTEST_TIMEOUT_MS, LONGEST_TIMEOUT_MS);
        fields.range("origin.negative_ttl_seconds", origin.negativeTtlSeconds(), 1, LONGEST_NEGATIVE_SECONDS);
        fields.range(
                "origin.stale_while_revalidate_seconds",
                origin.staleWhileRevalidateSeconds(),
                0,
                LONGEST_STALE_SECONDS);
        fields.range("origin.ttl_jitter_percent", origin.ttlJitterPercent(), 0, MOST_JITTER);
        fields.range("origin.max_concurrent_loads", origin.maxConcurrentLoads(), 1, MOST_LOADS);
        checkHeaders(origin.headers(), fields);
        return new StoredSettings.StoredOrigin(
                url,
                null,
                origin.timeoutMs(),
                origin.negativeTtlSeconds(),
                origin.staleWhileRevalidateSeconds(),
                origin.ttlJitterPercent(),
                origin.earlyRefresh(),
                origin.maxConcurrentLoads());
    }

    /** Whatever the key is, the URL has the same host, and the key is a part of its path or its query. */
    private String template(String text) {
        if (!text.contains(Origin.KEY)) {
            throw new IllegalArgumentException("must contain " + Origin.KEY);
        }
        OutboundUrl one = clients.callable(text.replace(Origin.KEY, "a"));
        OutboundUrl another = clients.callable(text.replace(Origin.KEY, "%42"));
        if (!one.uri().getRawAuthority().equals(another.uri().getRawAuthority())) {
            throw new IllegalArgumentException("must have " + Origin.KEY + " only in its path or its query");
        }
        return text;
    }

    private static void checkHeaders(@Nullable Map<String, @Nullable String> headers, FieldReader fields) {
        if (headers == null) {
            return;
        }
        var names = new HashSet<String>();
        if (headers.size() > MOST_HEADERS) {
            fields.refuse("origin.headers", "must be at most " + MOST_HEADERS);
        }
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(name).matches() || OUR_HEADERS.contains(lower) || !names.add(lower)) {
                fields.refuse(
                        "origin.headers", "must be different names of headers that do not concern the connection");
            }
            if (value != null && (value.length() > LONGEST_HEADER || !HEADER_VALUE.matcher(value).matches())) {
                fields.refuse("origin.headers", "must have values of 1 to 4096 visible ASCII characters");
            }
        });
    }
}
