package dev.frontdesk.registration.clientlimits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.registration.clientlimits.TokenBucket.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The buckets of this instance, for as long as Redis is away. What is taken here is not told to Redis afterwards: an outage
 * gives a client one more burst for each instance at most.
 */
final class LocalBuckets {

    /**
     * Some hundred bytes each. One that is forgotten for want of space is full again; to bring that about takes a client with
     * more ranges than this, and such a one has a full bucket in each of them anyway.
     */
    private static final int MOST = 50_000;

    private final Cache<ClientRange, State> buckets;

    /** @param fillTime after which an unused bucket is full in any case */
    LocalBuckets(Duration fillTime, Ticker ticker) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(fillTime)
                .ticker(ticker)
                .build();
    }

    /** @return the wait for the next token, zero when this one was taken */
    Duration take(ClientRange client, TokenBucket bucket, Instant now) {
        State after =
                buckets.asMap().compute(client, (_, before) -> bucket.take(before == null ? 0 : before.fullAt(), now));
        return Objects.requireNonNull(after).nextIn();
    }
}
