package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much of one limit of a subject is used now, as responses show it.
 *
 * @param bound {@code burst}, {@code minute}, {@code hour} or {@code day}
 * @param resetMs until some of the requests no longer count (a window), or none of them (a bucket)
 */
public record BoundState(String bound, long limit, long used, long remaining, long resetMs) {

    static List<BoundState> of(Standing standing) {
        return standing.usages().stream().map(BoundState::of).toList();
    }

    private static BoundState of(Usage usage) {
        return new BoundState(
                usage.bound().label(),
                usage.limit(),
                usage.used(),
                usage.remaining(),
                TimeUnit.MICROSECONDS.toMillis(usage.resetMicros()));
    }
}
