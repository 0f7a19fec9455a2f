package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much of one limit of a subject is used now, as responses show it.
 *
 * @param route the id of the route whose requests are meant; null for those of all routes
 * @param bound {@code burst}, {@code minute}, {@code hour} or {@code day}
 * @param resetMs until some of the requests no longer count (a window), or none of them (a bucket)
 */
public record BoundState(@Nullable String route, String bound, long limit, long used, long remaining, long resetMs) {

    static List<BoundState> of(Standing standing) {
        String route = standing.limited().subject().route();
        return standing.usages().stream().map(usage -> of(route, usage)).toList();
    }

    private static BoundState of(@Nullable String route, Usage usage) {
        return new BoundState(
                route,
                usage.bound().label(),
                usage.limit(),
                usage.used(),
                usage.remaining(),
                TimeUnit.MICROSECONDS.toMillis(usage.resetMicros()));
    }
}
