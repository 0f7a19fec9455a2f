package dev.frontdesk.notification.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.notification.jobs.Deferred;
import dev.frontdesk.notification.jobs.JobProperties;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps an endpoint that is slow from taking all places of this instance, so that it holds up nobody else's webhooks. One
 * that has not shown that it is quick has a tenth of the places; what comes beyond waits in the table, for the longer the more
 * wait already: each is told to come back about when its turn is, so that many don't come again and again for nothing. One
 * that was quick and falls silent may fill all places, once, for the length of an attempt.
 */
@Component
final class EndpointBulkhead {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int SHARE = 10;
    private static final int MOST_KNOWN = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** Longer than anybody is away for a pause. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(30);

    /** How an endpoint does; under its own lock. */
    private static final class Crowd {
        private int inFlight;
        private boolean tried;
        private boolean quick;

        /** When the first attempt at it began, until one has ended. */
        private long firstBegun;

        /** How long the last attempt took. */
        private long took;

        /** When there is room again for whoever comes after those who wait. */
        private long nextTurn;
    }

    private final Cache<UUID, Crowd> crowds = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(KNOWN_FOR)
            .build();

    private final int most;
    private final LongSupplier nanoTime;

    @Autowired
    EndpointBulkhead(JobProperties properties) {
        this(Math.max(1, properties.of(Webhooks.QUEUE).concurrency() / SHARE), System::nanoTime);
    }

    /** @param most at once to an endpoint that is not known to be quick */
    EndpointBulkhead(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** The attempt, or {@link Deferred} when there is no room. */
    <T> Mono<T> enter(UUID endpoint, Mono<T> attempt) {
        return Mono.defer(() -> {
            Crowd crowd = crowds.get(endpoint, _ -> new Crowd());
            synchronized (crowd) {
                if (!crowd.quick && crowd.inFlight >= most) {
                    return Mono.error(new Deferred(pause(crowd)));
                }
                if (crowd.inFlight++ == 0 && !crowd.tried) {
                    crowd.firstBegun = nanoTime.getAsLong();
                }
            }
            long begun = nanoTime.getAsLong();
            return attempt.doFinally(_ -> leave(crowd, nanoTime.getAsLong() - begun));
        });
    }

    private void leave(Crowd crowd, long nanos) {
        synchronized (crowd) {
            crowd.quick = nanos < QUICK.toNanos();
            if (crowd.quick || !crowd.tried) {
                crowd.nextTurn = nanoTime.getAsLong();
            }
            crowd.inFlight--;
            crowd.tried = true;
            crowd.took = nanos;
        }
    }

    private Duration pause(Crowd crowd) {
        return Duration.ofNanos(crowd.tried ? untilItsTurn(crowd) : asLongAsItWasTried(crowd));
    }

    /** Those for whom it is too far away come at random, so that they don't come together. */
    private long untilItsTurn(Crowd crowd) {
        long now = nanoTime.getAsLong();
        long longest = LONGEST_PAUSE.toNanos();
        long wait = Math.max(0, crowd.nextTurn - now) + crowd.took / most;
        if (wait > longest) {
            return ThreadLocalRandom.current().nextLong(longest / 2, longest);
        }
        crowd.nextTurn = now + wait;
        return wait;
    }

    /** Nobody knows yet how long it takes: the attempt that says so may end soon, but the less soon the longer it has lasted. */
    private long asLongAsItWasTried(Crowd crowd) {
        long lasted = nanoTime.getAsLong() - crowd.firstBegun;
        return lasted
                + Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 1_000))
                        .toNanos();
    }
}
