package dev.frontdesk.gateway.limits;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.gateway.limiter.Bound;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * Tells callers how much of their limits is left, with {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-10), and with the older {@code X-RateLimit-…} for each window.
 */
final class LimitHeaders {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";

    private static final Map<Bound, String> LIMIT_OF = Map.of(
            Bound.MINUTE, "X-RateLimit-Limit-Minute",
            Bound.HOUR, "X-RateLimit-Limit-Hour",
            Bound.DAY, "X-RateLimit-Limit-Day");
    private static final Map<Bound, String> REMAINING_OF = Map.of(
            Bound.MINUTE, "X-RateLimit-Remaining-Minute",
            Bound.HOUR, "X-RateLimit-Remaining-Hour",
            Bound.DAY, "X-RateLimit-Remaining-Day");

    private static final long MILLION = 1_000_000;

    private LimitHeaders() {}

    /** @param caller how the caller itself stands; nothing of its tenant is told */
    static void set(HttpHeaders headers, Standing caller) {
        if (caller.usages().isEmpty()) {
            return;
        }
        var policies = new StringBuilder();
        var limits = new StringBuilder();
        for (Usage usage : caller.usages()) {
            add(policies, usage.bound())
                    .append(";q=")
                    .append(usage.limit())
                    .append(";w=")
                    .append(secondsOf(usage.bound(), caller.limited().policy()));
            add(limits, usage.bound())
                    .append(";r=")
                    .append(usage.remaining())
                    .append(";t=")
                    .append(Math.ceilDiv(Math.max(usage.resetMicros(), usage.waitMicros()), MILLION));
            if (usage.bound() != Bound.BURST) {
                headers.set(requireNonNull(LIMIT_OF.get(usage.bound())), Long.toString(usage.limit()));
                headers.set(requireNonNull(REMAINING_OF.get(usage.bound())), Long.toString(usage.remaining()));
            }
        }
        headers.set(POLICY, policies.toString());
        headers.set(LIMIT, limits.toString());
    }

    private static StringBuilder add(StringBuilder list, Bound bound) {
        return list.append(list.isEmpty() ? "\"" : ", \"").append(bound.label()).append('"');
    }

    /** Of a bucket, how long it takes to fill. */
    private static long secondsOf(Bound bound, Policy policy) {
        return bound == Bound.BURST ? Math.ceilDiv(policy.capacity(), policy.refill()) : bound.seconds();
    }
}
