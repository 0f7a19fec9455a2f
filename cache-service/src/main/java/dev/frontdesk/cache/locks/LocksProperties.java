package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of locks.
 *
 * @param defaultTtl time to live if the request names none
 * @param minTtl shortest time to live
 * @param maxTtl longest time to live, without a renewal
 * @param maxLife a lock ends this long after it was acquired, however often it is renewed
 * @param maxWait how long a request may wait for a lock; shorter than the gateway's timeout of such requests, 35 s
 * @param lookAgain the longest pause between two attempts of those who wait: an announcement can be lost
 * @param maxWaiting requests that may wait at once at this instance; more get 503
 * @param maxWaitingPerTenant of them, those of one tenant
 * @param maxPerTenant locks that a tenant may hold, if their names are spread evenly; see {@link #mostInAPartition}
 */
@ConfigurationProperties("frontdesk.cache.locks")
record LocksProperties(
        @DefaultValue("10s") Duration defaultTtl,
        @DefaultValue("1s") Duration minTtl,
        @DefaultValue("1h") Duration maxTtl,
        @DefaultValue("1h") Duration maxLife,
        @DefaultValue("30s") Duration maxWait,
        @DefaultValue("5s") Duration lookAgain,
        @DefaultValue("2000") int maxWaiting,
        @DefaultValue("200") int maxWaitingPerTenant,
        @DefaultValue("10000") int maxPerTenant) {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final int MOST_PER_TENANT = 1_000_000;

    /** In standard deviations of the number of names in one partition: practically no partition exceeds it. */
    private static final int RESERVE = 6;

    LocksProperties {
        if (!minTtl.isPositive()
                || minTtl.compareTo(defaultTtl) > 0
                || defaultTtl.compareTo(maxTtl) > 0
                || maxTtl.compareTo(maxLife) > 0
                || maxLife.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("0 < min-ttl <= default-ttl <= max-ttl <= max-life <= 1 day must hold");
        }
        if (maxWait.isNegative() || maxWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("max-wait must be 0 to 30s");
        }
        if (!lookAgain.isPositive()) {
            throw new IllegalArgumentException("look-again must be positive");
        }
        if (maxWaiting < 1 || maxWaitingPerTenant < 1) {
            throw new IllegalArgumentException("max-waiting and max-waiting-per-tenant must be positive");
        }
        if (maxPerTenant < 1 || maxPerTenant > MOST_PER_TENANT) {
            throw new IllegalArgumentException("max-per-tenant must be 1 to " + MOST_PER_TENANT);
        }
    }

    /**
     * How many locks a tenant may hold in one partition, which is all that a script can count. It is an equal share and a reserve,
     * because no hash spreads names evenly; so a tenant can hold more than {@code maxPerTenant}, by default half more.
     */
    int mostInAPartition() {
        double share = (double) maxPerTenant / Partition.COUNT;
        return (int) Math.ceil(share + RESERVE * Math.sqrt(share));
    }
}
