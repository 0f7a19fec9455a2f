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
 * Keeps one client from using up what a tenant has for all: hashes, mails, and their turn in the queue. Sign-ups, resends and
 * forgotten passwords take from one bucket. To be asked after the fields are checked, so that a mistake costs nothing, and
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
     * Takes a token of the client that the call comes from. The holder of the operator key is not bound: the application's own
     * servers sign many people up from one address. All calls whose client is not known are one client.
     *
     * @return an error of {@link ClientLimitExceeded} when there is none
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
