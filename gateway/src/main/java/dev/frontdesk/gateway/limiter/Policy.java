package dev.frontdesk.gateway.limiter;

import dev.frontdesk.contracts.tenants.Quotas;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the subjects of one kind may do. Redis gets it with each call, so a change holds from the next request on.
 *
 * @param refill requests a second that are added to the bucket
 * @param capacity the most requests in the bucket: how many may come at once after a pause; 0 means no bucket
 * @param perMinute the most requests in any minute; 0 means no such window; {@code perHour} and {@code perDay} alike
 * @param cost how many requests one request counts as, multiplied by the cost of its route
 * @param withoutRedis what happens while Redis does not answer
 * @param mode whether the policy refuses requests
 */
public record Policy(
        @DefaultValue("0") int refill,
        @DefaultValue("0") int capacity,
        @DefaultValue("0") long perMinute,
        @DefaultValue("0") long perHour,
        @DefaultValue("0") long perDay,
        @DefaultValue("1") int cost,
        @DefaultValue("local") WithoutRedis withoutRedis,
        @DefaultValue("enforce") Mode mode) {

    /** Length of the limits of one subject as the script reads them. */
    private static final int LENGTH = 25;

    public enum WithoutRedis {
        /** Each gateway counts by itself and allows its share of the limit. */
        LOCAL,
        /** Requests pass uncounted. */
        OPEN,
        /** Requests get 503. */
        CLOSED
    }

    public enum Mode {
        ENFORCE,
        /** Counts and reports as {@link #ENFORCE} does, but refuses nothing. */
        SHADOW
    }

    public Policy {
        if (capacity < 0 || refill < 0 || (capacity > 0 && refill < 1) || capacity < refill) {
            throw new IllegalArgumentException(
                    "A bucket needs a refill of at least 1 a second and a capacity of at least" + " its refill, not "
                            + refill + " and " + capacity);
        }
        if (!isQuota(perMinute) || !isQuota(perHour) || !isQuota(perDay)) {
            throw new IllegalArgumentException(
                    "The requests of a minute, an hour and a day must be 0 to " + Quotas.MOST);
        }
        if (cost < 0) {
            throw new IllegalArgumentException("The cost of a request must be at least 0, not " + cost);
        }
    }

    private static boolean isQuota(long number) {
        return number >= 0 && number <= Quotas.MOST;
    }

    /** This policy, with each quota that is given instead of its own. */
    public Policy with(Quotas quotas) {
        return quotas.equals(Quotas.NONE)
                ? this
                : new Policy(
                        refill,
                        capacity,
                        either(quotas.perMinute(), perMinute),
                        either(quotas.perHour(), perHour),
                        either(quotas.perDay(), perDay),
                        cost,
                        withoutRedis,
                        mode);
    }

    private static long either(@Nullable Long quota, long own) {
        return quota == null ? own : quota;
    }

    public boolean isUnlimited() {
        return capacity == 0 && perMinute == 0 && perHour == 0 && perDay == 0;
    }

    /**
     * The part of the limits that one of several gateways may allow; at least one request, if the whole limit has room for it.
     *
     * @param requests what one request counts as
     */
    Policy share(int gateways, int requests) {
        return gateways <= 1
                ? this
                : new Policy(
                        (int) share(refill, gateways, 1),
                        (int) share(capacity, gateways, requests),
                        share(perMinute, gateways, requests),
                        share(perHour, gateways, requests),
                        share(perDay, gateways, requests),
                        cost,
                        withoutRedis,
                        mode);
    }

    /** Only the bucket. */
    public Policy bucket() {
        return new Policy(refill, capacity, 0, 0, 0, cost, withoutRedis, mode);
    }

    /** Only the windows. */
    public Policy windows() {
        return new Policy(0, 0, perMinute, perHour, perDay, cost, withoutRedis, mode);
    }

    private static long share(long limit, int gateways, int requests) {
        return Math.max(limit / gateways, Math.min(Math.max(1, requests), limit));
    }

    /** @return 0 if there is none */
    public long limit(Bound bound) {
        return switch (bound) {
            case BURST -> capacity;
            case MINUTE -> perMinute;
            case HOUR -> perHour;
            case DAY -> perDay;
        };
    }

    /** {@link Integer#MAX_VALUE} without limits. */
    long smallestLimit() {
        long smallest = Integer.MAX_VALUE;
        for (Bound bound : Bound.values()) {
            long limit = limit(bound);
            smallest = limit == 0 ? smallest : Math.min(smallest, limit);
        }
        return smallest;
    }

    byte[] forScript(int requests) {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) (mode == Mode.ENFORCE ? 1 : 0))
                .putInt(requests)
                .putInt(refill)
                .putInt(capacity)
                .putInt((int) perMinute)
                .putInt((int) perHour)
                .putInt((int) perDay)
                .array();
    }
}
