package dev.frontdesk.notification.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.notification.jobs.Deferred;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps a slow endpoint from using all places of this instance, so that it does not delay the webhooks of other
 * endpoints. An endpoint has a tenth of the places unless its last attempt was quick. Attempts beyond the limit wait in
 * the table. The more attempts wait, the longer is the pause of the next one: each comes back about when its turn is,
 * so that many do not come back repeatedly in vain. A quick endpoint that stops responding may fill all places, once,
 * for the length of one attempt.
 */
@Component
final class EndpointBulkhead {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int SHARE = 10;
    private static final int MOST_KNOWN = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** Longer than the longest pause. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(30);

    /** The state of one endpoint, guarded by its own lock. */
    private static final class Load {
        private int inFlight;
        private boolean tried;
        private boolean quick;

        /** When the first attempt began; used until an attempt has ended. */
        private long firstBegun;

        /** How long the last attempt took. */
        private long took;

        /** When the next attempt gets a place, after those that wait already. */
        private long nextTurn;
    }

    private final Cache<UUID, Load> loads = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(KNOWN_FOR)
            .build();

    private final int most;
    private final LongSupplier nanoTime;

    @Autowired
    EndpointBulkhead(BuiltInQueues queues) {
        this(Math.max(1, queues.defaults(WebhookQueue.NAME).concurrency() / SHARE), System::nanoTime);
    }

    /** @param most concurrent attempts at an endpoint that is not known to be quick */
    EndpointBulkhead(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** Runs the attempt, or fails with {@link Deferred} when the endpoint has no free place. */
    <T> Mono<T> enter(UUID endpoint, Mono<T> attempt) {
        return Mono.defer(() -> {
            Load load = loads.get(endpoint, _ -> new Load());
            synchronized (load) {
                if (!load.quick && load.inFlight >= most) {
                    return Mono.error(new Deferred(pause(load)));
                }
                if (load.inFlight++ == 0 && !load.tried) {
                    load.firstBegun = nanoTime.getAsLong();
                }
            }
            long begun = nanoTime.getAsLong();
            return attempt.doFinally(_ -> leave(load, nanoTime.getAsLong() - begun));
        });
    }

    private void leave(Load load, long nanos) {
        synchronized (load) {
            load.quick = nanos < QUICK.toNanos();
            if (load.quick || !load.tried) {
                load.nextTurn = nanoTime.getAsLong();
            }
            load.inFlight--;
            load.tried = true;
            load.took = nanos;
        }
    }

    private Duration pause(Load load) {
        return Duration.ofNanos(load.tried ? untilItsTurn(load) : asLongAsItWasTried(load));
    }

    /** Attempts whose turn is too far away come back at random times, so that they do not come back together. */
    private long untilItsTurn(Load load) {
        long now = nanoTime.getAsLong();
        long longest = LONGEST_PAUSE.toNanos();
        long wait = Math.max(0, load.nextTurn - now) + load.took / most;
        if (wait > longest) {
            return ThreadLocalRandom.current().nextLong(longest / 2, longest);
        }
        load.nextTurn = now + wait;
        return wait;
    }

    /**
     * No attempt has ended yet, so their length is unknown. The longer the first one has lasted, the longer it probably
     * still lasts.
     */
    private long asLongAsItWasTried(Load load) {
        long lasted = nanoTime.getAsLong() - load.firstBegun;
        return lasted
                + Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 1_000))
                        .toNanos();
    }
}
