package dev.frontdesk.gateway.limiter;

/**
 * How much of one limit is used.
 *
 * @param used requests that count now, with this one if it was admitted; above the limit after the limit was lowered
 * @param resetMicros µs until some of them no longer count (a window) or none of them (a bucket)
 * @param waitMicros µs until there is room for the request; 0 if there is
 */
public record Usage(Bound bound, long limit, long used, long resetMicros, long waitMicros) {

    public long remaining() {
        return Math.max(0, limit - used);
    }

    public boolean refuses() {
        return waitMicros > 0;
    }
}
