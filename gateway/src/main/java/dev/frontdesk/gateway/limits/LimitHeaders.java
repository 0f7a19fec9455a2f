package dev.frontdesk.gateway.limits;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.gateway.limiter.Bound;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import java.util.List;
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

    /**
     * @param caller how the caller itself stands, for all its requests and then for those of the route; nothing of its tenant
     *     is told. The older headers tell the limit of which less is left
     */
    static void set(HttpHeaders headers, List<Standing> caller) {
        var policies = new StringBuilder();
        var limits = new StringBuilder();
        for (Standing standing : caller) {
            for (Usage usage : standing.usages()) {
                add(policies, standing, usage)
                        .append(";q=")
                        .append(usage.limit())
                        .append(";w=")
                        .append(secondsOf(usage.bound(), standing.limited().policy()));
                add(limits, standing, usage)
                        .append(";r=")
                        .append(usage.remaining())
                        .append(";t=")
                        .append(Math.ceilDiv(Math.max(usage.resetMicros(), usage.waitMicros()), MILLION));
                if (usage.bound() != Bound.BURST && isLeast(usage, caller)) {
                    headers.set(requireNonNull(LIMIT_OF.get(usage.bound())), Long.toString(usage.limit()));
                    headers.set(requireNonNull(REMAINING_OF.get(usage.bound())), Long.toString(usage.remaining()));
                }
            }
        }
        if (!policies.isEmpty()) {
            headers.set(POLICY, policies.toString());
            headers.set(LIMIT, limits.toString());
        }
    }

    private static boolean isLeast(Usage usage, List<Standing> caller) {
        for (Standing standing : caller) {
            Usage other = standing.usage(usage.bound());
            if (other != null && other.remaining() < usage.remaining()) {
                return false;
            }
        }
        return true;
    }

    private static StringBuilder add(StringBuilder list, Standing standing, Usage usage) {
        list.append(list.isEmpty() ? "\"" : ", \"");
        String part = standing.limited().subject().part();
        if (part != null) {
            list.append(part).append('-');
        }
        return list.append(usage.bound().label()).append('"');
    }

    /** Of a bucket, how long it takes to fill. */
    private static long secondsOf(Bound bound, Policy policy) {
        return bound == Bound.BURST ? Math.ceilDiv(policy.capacity(), policy.refill()) : bound.seconds();
    }
}
