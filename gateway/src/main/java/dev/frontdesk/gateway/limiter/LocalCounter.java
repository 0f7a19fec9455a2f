package dev.frontdesk.gateway.limiter;

import java.util.ArrayList;
import java.util.List;

/** The bucket and the windows of one subject in this gateway. */
final class LocalCounter {

    private static final long MILLION = 1_000_000;

    private final SlidingWindow minute = new SlidingWindow(Bound.MINUTE);
    private final SlidingWindow hour = new SlidingWindow(Bound.HOUR);
    private final SlidingWindow day = new SlidingWindow(Bound.DAY);
    private long bucketAt;
    /** Millionths of a request. */
    private long bucketUsed;
    /** Requests that Redis does not know yet, and the policy of the last one. */
    private int untold;

    private Policy policy;

    LocalCounter(Policy policy) {
        this.policy = policy;
    }

    /** Counts the request if this gateway's share of the limits has room for it. */
    synchronized Standing take(Limited whole, int gateways, long now) {
        policy = whole.policy();
        Limited limited = whole.share(gateways);
        var standing = standing(limited, limited.cost(), now);
        if (standing.longestRefusal() != null) {
            return standing;
        }
        add(limited.policy(), limited.cost(), now);
        untold += limited.cost();
        return standing(limited, 0, now);
    }

    /** Takes back what {@link #take} has just counted. */
    synchronized Standing takeBack(Limited limited, long now) {
        add(limited.policy(), -limited.cost(), now);
        untold -= limited.cost();
        return standing(limited, 0, now);
    }

    /** Requests that Redis should be told about, as the cost; they count as told from now on. */
    synchronized Limited takeUntold(Subject subject) {
        var requests = new Limited(subject, policy, untold);
        untold = 0;
        return requests;
    }

    /** Redis could not be told about them. */
    synchronized void keepUntold(int requests) {
        untold += requests;
    }

    synchronized boolean hasUntold() {
        return untold > 0;
    }

    private void add(Policy policy, int requests, long now) {
        refill(policy, now);
        if (policy.capacity() > 0) {
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
        if (policy.capacity() > 0 && now > bucketAt) {
            bucketUsed = (long) Math.max(0, bucketUsed - (double) (now - bucketAt) * policy.refill());
            bucketAt = now;
        }
    }

    private Standing standing(Limited limited, int cost, long now) {
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
}
