package dev.frontdesk.gateway.limiter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a subject has used of its bucket and its windows, in this gateway. Not thread-safe. */
final class Counts {

    private static final long MILLION = 1_000_000;

    private final SlidingWindow minute = new SlidingWindow(Bound.MINUTE);
    private final SlidingWindow hour = new SlidingWindow(Bound.HOUR);
    private final SlidingWindow day = new SlidingWindow(Bound.DAY);
    private long bucketAt;
    /** Millionths of a request. */
    private long bucketUsed;

    /** @param requests negative to take back what was counted at the same time */
    void add(Policy policy, int requests, long now) {
        if (policy.capacity() > 0) {
            refill(policy, now);
            bucketUsed = Math.max(0, bucketUsed + requests * MILLION);
        }
        if (policy.perMinute() > 0) {
            minute.add(requests, now);
        }
        if (policy.perHour() > 0) {
            hour.add(requests, now);
        }
        if (policy.perDay() > 0) {
            day.add(requests, now);
        }
    }

    private void refill(Policy policy, long now) {
        if (now > bucketAt) {
            bucketUsed = (long) Math.max(0, bucketUsed - (double) (now - bucketAt) * policy.refill());
            bucketAt = now;
        }
    }

    /** How the subject would stand if it asked for so many requests. */
    Standing standing(Limited limited, int cost, long now) {
        Policy policy = limited.policy();
        var usages = new ArrayList<Usage>();
        if (policy.capacity() > 0) {
            refill(policy, now);
            long excess = bucketUsed + (cost - policy.capacity()) * MILLION;
            usages.add(new Usage(
                    Bound.BURST,
                    policy.capacity(),
                    Math.ceilDiv(bucketUsed, MILLION),
                    Math.ceilDiv(bucketUsed, policy.refill()),
                    excess <= 0 ? 0 : Math.max(1, Math.ceilDiv(Math.min(excess, bucketUsed), policy.refill()))));
        }
        add(usages, policy.perMinute(), Bound.MINUTE, minute, cost, now);
        add(usages, policy.perHour(), Bound.HOUR, hour, cost, now);
        add(usages, policy.perDay(), Bound.DAY, day, cost, now);
        return new Standing(limited, usages);
    }

    private static void add(List<Usage> usages, long limit, Bound bound, SlidingWindow window, int cost, long now) {
        if (limit > 0) {
            long wait = window.waitFor(Math.max(limit - cost, -1), now);
            usages.add(new Usage(bound, limit, window.total(now), window.reset(now), wait));
        }
    }

    /** For {@code tell_requests.lua}: what of it still counts. */
    List<Object> forScript(Policy policy, long now) {
        if (policy.capacity() > 0) {
            refill(policy, now);
        }
        return List.of(
                policy.forScript(0),
                Long.toString(policy.capacity() > 0 ? bucketUsed : 0),
                bytes(minute.byAge(now)),
                bytes(hour.byAge(now)),
                bytes(day.byAge(now)));
    }

    private static byte[] bytes(int[] counts) {
        var bytes = ByteBuffer.allocate(Integer.BYTES * counts.length);
        bytes.asIntBuffer().put(counts);
        return bytes.array();
    }
}
