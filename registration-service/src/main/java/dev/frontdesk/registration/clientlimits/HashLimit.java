package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps one client from using up the processors that hash passwords. Wrong guesses are limited elsewhere, but a correct
 * password costs as much. Call it before a password is compared. Sign-ups have {@link ClientLimit}, and a password that
 * is set with a code is hashed only when the code is correct.
 */
@Component
public final class HashLimit {

    private final ClientBuckets buckets;
    private final Refusals refusals;

    HashLimit(
            HashLimitProperties hashes,
            ClientLimitProperties requests,
            RedisBuckets redis,
            MeterRegistry metrics,
            Clock clock) {
        this.buckets = new ClientBuckets("hash-limit", BucketSizes.ofHashes(hashes, requests), redis, clock);
        this.refusals = Refusals.ofHashes(metrics, clock);
    }

    /**
     * Takes a token of the calling client. All calls from unknown addresses count as one client.
     *
     * @return fails with {@link HashLimitExceeded} when no token is left
     */
    public Mono<Void> take(Origin origin) {
        return buckets.take(ClientRange.of(origin.address()), this::refusal);
    }

    private HashLimitExceeded refusal(ClientRange client, TokenBucket bucket, Duration wait) {
        refusals.add(client);
        return new HashLimitExceeded(bucket.burst(), wait);
    }
}
