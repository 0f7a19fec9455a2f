package dev.frontdesk.notification.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.notification.jobs.JobProperties;
import dev.frontdesk.notification.jobs.NotBegun;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps an endpoint that is slow from taking all places of this instance, so that it holds up nobody else's webhooks. One
 * that has not shown that it is quick has a tenth of the places; what comes beyond waits in the table. One that was quick and
 * falls silent may fill all places, once, for the length of an attempt.
 */
@Component
final class Crowds {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int SHARE = 10;
    private static final int MOST_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /** How an endpoint does; under its own lock. */
    private static final class Crowd {
        private int inFlight;
        private boolean tried;
        private boolean quick;
    }

    private final Cache<UUID, Crowd> crowds = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(KNOWN_FOR)
            .build();

    private final int most;

    @Autowired
    Crowds(JobProperties properties) {
        this(Math.max(1, properties.of(Webhooks.QUEUE).concurrency() / SHARE));
    }

    /** @param most at once to an endpoint that is not known to be quick */
    Crowds(int most) {
        this.most = most;
    }

    /** The attempt, or {@link NotBegun} when there is no room. */
    <T> Mono<T> enter(UUID endpoint, Mono<T> attempt) {
        return Mono.defer(() -> {
            Crowd crowd = crowds.get(endpoint, _ -> new Crowd());
            synchronized (crowd) {
                if (!crowd.quick && crowd.inFlight >= most) {
                    return Mono.error(new NotBegun(pause(crowd)));
                }
                crowd.inFlight++;
            }
            long begun = System.nanoTime();
            return attempt.doFinally(_ -> leave(crowd, System.nanoTime() - begun));
        });
    }

    private static void leave(Crowd crowd, long nanos) {
        synchronized (crowd) {
            crowd.inFlight--;
            crowd.tried = true;
            crowd.quick = nanos < QUICK.toNanos();
        }
    }

    /** At random, so that those that wait do not come together. */
    private static Duration pause(Crowd crowd) {
        var random = ThreadLocalRandom.current();
        return Duration.ofMillis(crowd.tried ? random.nextLong(2_000, 20_000) : random.nextLong(100, 1_000));
    }
}
