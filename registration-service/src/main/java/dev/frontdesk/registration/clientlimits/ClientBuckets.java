package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.values.ClientRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** The buckets of one limit: in Redis, or in this instance while Redis is down. */
final class ClientBuckets {

    private final String limit;
    private final BucketSizes sizes;
    private final RedisBuckets redis;
    private final LocalBuckets local;
    private final Clock clock;

    /** @param limit name of the limit in keys */
    ClientBuckets(String limit, BucketSizes sizes, RedisBuckets redis, Clock clock) {
        this.limit = limit;
        this.sizes = sizes;
        this.redis = redis;
        this.local = new LocalBuckets(sizes.longestFillTime(), () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        this.clock = clock;
    }

    /** Creates the error for a client without tokens. */
    interface Refusal {

        Throwable of(ClientRange client, TokenBucket bucket, Duration wait);
    }

    /** Takes a token of this client, or fails with the refusal. */
    Mono<Void> take(ClientRange client, Refusal refusal) {
        return Mono.defer(() -> {
            TokenBucket bucket = sizes.of(client);
            Instant now = clock.instant();
            return redis.take(limit, client, bucket, now)
                    .onErrorResume(RedisBuckets::isAway, _ -> Mono.fromSupplier(() -> local.take(client, bucket, now)))
                    .filter(Duration::isPositive)
                    .flatMap(wait -> Mono.error(refusal.of(client, bucket, wait)));
        });
    }
}
