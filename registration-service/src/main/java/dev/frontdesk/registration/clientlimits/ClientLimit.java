package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps one client from using up what all clients of a tenant share: hashes, mails and places in the queue. Sign-ups,
 * resends and forgotten passwords share one bucket. Call it after validation, so that a mistake costs no token, and
 * before a password is hashed or an address is looked up, so that a refusal is cheap and the same for every address.
 */
@Component
public final class ClientLimit {

    private final ClientBuckets buckets;
    private final Refusals refusals;

    ClientLimit(ClientLimitProperties properties, RedisBuckets redis, MeterRegistry metrics, Clock clock) {
        this.buckets = new ClientBuckets("client-limit", new BucketSizes(properties), redis, clock);
        this.refusals = Refusals.ofRequests(metrics, clock);
    }

    /**
     * Takes a token of the calling client. The holder of the operator key is exempt: the application's own servers sign
     * up many users from one address. All calls from unknown addresses count as one client.
     *
     * @return fails with {@link ClientLimitExceeded} when no token is left
     */
    public Mono<Void> take(Caller caller, Origin origin) {
        return caller instanceof Caller.Operator
                ? Mono.empty()
                : buckets.take(ClientRange.of(origin.address()), this::refusal);
    }

    private ClientLimitExceeded refusal(ClientRange client, TokenBucket bucket, Duration wait) {
        refusals.add(client);
        return new ClientLimitExceeded(bucket.burst(), wait);
    }
}
