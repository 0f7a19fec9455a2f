package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Decision;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What an application is told about a subject of its own.
 *
 * @param degraded whether the gateway has decided by itself, because Redis did not answer
 * @param bounds one for each limit; empty if nothing was counted
 * @param reason the limit that refuses for longest, as in a 429; null if it is allowed
 * @param retryAfter seconds, at least 1; null if it is allowed
 * @param headers for the application's own response
 */
record CheckedLimit(
        boolean allowed,
        boolean degraded,
        List<BoundState> bounds,
        @Nullable String reason,
        @Nullable Long retryAfter,
        Map<String, String> headers) {

    private static final long MICROS = 1_000_000;

    /** @param decision about one subject */
    static CheckedLimit of(Decision decision) {
        var headers = new HttpHeaders();
        LimitHeaders.set(headers, decision.standings());
        List<BoundState> bounds = BoundState.of(decision.standings().getFirst());
        Standing refusing = decision.refusing();
        Usage refusal = refusing == null ? null : refusing.longestRefusal();
        if (refusal == null) {
            return new CheckedLimit(true, decision.degraded(), bounds, null, null, headers.toSingleValueMap());
        }
        long wait = Math.ceilDiv(refusal.waitMicros(), MICROS);
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        return new CheckedLimit(
                false, decision.degraded(), bounds, refusal.bound().reason(), wait, headers.toSingleValueMap());
    }
}
