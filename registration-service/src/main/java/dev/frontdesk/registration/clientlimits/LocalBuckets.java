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
 * The buckets of this instance while Redis is down. Tokens taken here are not reported to Redis afterwards: per
 * instance, an outage gives a client at most one more burst.
 */
final class LocalBuckets {

    /**
     * A few hundred bytes each. An evicted bucket is full again. Only a client with more ranges than this can cause
     * that, and it has a full bucket in each range anyway.
     */
    private static final int MOST = 50_000;

    private final Cache<ClientRange, State> buckets;

    /** @param fillTime time after which every unused bucket is full */
    LocalBuckets(Duration fillTime, Ticker ticker) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(fillTime)
                .ticker(ticker)
                .build();
    }

    /** @return the wait for the next token; zero when a token was taken */
    Duration take(ClientRange client, TokenBucket bucket, Instant now) {
        State after =
                buckets.asMap().compute(client, (_, before) -> bucket.take(before == null ? 0 : before.fullAt(), now));
        return Objects.requireNonNull(after).nextIn();
    }
}
