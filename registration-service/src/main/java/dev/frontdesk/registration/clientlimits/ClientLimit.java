package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.addresses.ClientRange;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps one client from using up what a tenant has for all: hashes, mails, and their turn in the queue. Sign-ups, resends and
 * forgotten passwords take from one bucket. To be asked after the fields are checked, so that a mistake costs nothing, and
 * before a password is hashed or an address is looked up, so that a refusal is cheap and the same for every address.
 */
@Component
public final class ClientLimit {

    private final BucketSizes sizes;
    private final RedisBuckets redis;
    private final LocalBuckets local;
    private final Refusals refusals;
    private final Clock clock;

    ClientLimit(ClientLimitProperties properties, RedisBuckets redis, Refusals refusals, Clock clock) {
        this.sizes = new BucketSizes(properties);
        this.redis = redis;
        this.local = new LocalBuckets(sizes.longestFillTime(), () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Takes a token of the client that the call comes from. The holder of the operator key is not bound: the application's own
     * servers sign many people up from one address. All calls whose client is not known are one client.
     *
     * @return an error of {@link TooManyOfClient} when there is none
     */
    public Mono<Void> take(Caller caller, Origin origin) {
        return caller instanceof Caller.Operator
                ? Mono.empty()
                : Mono.defer(() -> take(ClientRange.of(origin.address())));
    }

    private Mono<Void> take(ClientRange client) {
        TokenBucket bucket = sizes.of(client);
        Instant now = clock.instant();
        return redis.take(client, bucket, now)
                .onErrorResume(RedisBuckets::isAway, _ -> Mono.fromSupplier(() -> local.take(client, bucket, now)))
                .flatMap(wait -> wait.isZero() ? Mono.empty() : refused(client, bucket, wait));
    }

    private Mono<Void> refused(ClientRange client, TokenBucket bucket, Duration wait) {
        refusals.add(client);
        return Mono.error(new TooManyOfClient(bucket.burst(), wait));
    }
}
