package dev.frontdesk.cache.namespaces;

import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Duration;
import java.util.Map;

/**
 * The server that has the values of a namespace.
 *
 * @param template its URL, with {@code {key}} in the path or the query
 * @param headers of each request; their values can be secrets
 * @param timeout of a request, from resolving the name to the end of the response
 * @param negativeTtl for how long it is remembered that the origin does not have an entry
 * @param staleWhileRevalidate for how long after its expiry a value is still used while a new one is loaded
 * @param jitterPercent by how much a time to live may be shorter, so that entries do not expire together
 * @param earlyRefresh whether an entry that is used often may be loaded again before it expires
 * @param maxLoads how many requests one instance sends at once
 */
public record Origin(
        String template,
        Map<String, String> headers,
        Duration timeout,
        Duration negativeTtl,
        Duration staleWhileRevalidate,
        int jitterPercent,
        boolean earlyRefresh,
        int maxLoads) {

    static final String KEY = "{key}";

    public Origin {
        headers = Map.copyOf(headers);
    }

    /** The URL of an entry. The key is encoded, so it stays within one segment of the path or one value of the query. */
    public OutboundUrl urlOf(String key) {
        return new OutboundUrl(template.replace(KEY, KeySpace.escape(key)));
    }

    /** Without paths and headers, which can contain secrets. */
    @Override
    public String toString() {
        return "Origin";
    }
}
