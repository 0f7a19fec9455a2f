package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps one client from taking the processors that hash passwords from everybody else: guesses are counted elsewhere, but a
 * right password costs as much. To be asked before a password is compared. Sign-ups have {@link ClientLimit}, and a
 * password that is set by a code costs a hash only when the code is right.
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
     * Takes a token of the client that the call comes from. All calls whose client is not known are one client.
     *
     * @return an error of {@link HashLimitExceeded} when there is none
     */
    public Mono<Void> take(Origin origin) {
        return buckets.take(ClientRange.of(origin.address()), this::refusal);
    }

    private HashLimitExceeded refusal(ClientRange client, TokenBucket bucket, Duration wait) {
        refusals.add(client);
        return new HashLimitExceeded(bucket.burst(), wait);
    }
}
