package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Polls PostgreSQL every second, in every instance, for entries to hand over, and moves them as soon as Redis answers.
 */
@Component
final class RedisHandoverSweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(RedisHandoverSweep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RedisHandover redisHandover;

    RedisHandoverSweep(RedisHandover redisHandover) {
        super("Handover of pending registrations to Redis");
        this.redisHandover = redisHandover;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> sweep(), 1);
    }

    private Mono<Void> sweep() {
        return redisHandover
                .purge()
                .then(redisHandover.askedFirst())
                .then(next(RedisHandover.Place.START).expand(this::next).count())
                .doOnNext(handedOver -> {
                    if (handedOver > 0) {
                        log.info("Pending registrations of {} addresses were handed over to Redis", handedOver);
                    }
                    recovered();
                })
                .then()
                .onErrorResume(this::reported);
    }

    private Mono<RedisHandover.Place> next(RedisHandover.Place last) {
        return unlessStopping(Mono.defer(() -> redisHandover.next(last)));
    }
}
