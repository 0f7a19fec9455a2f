package dev.frontdesk.registration.verification;

import dev.frontdesk.kit.drain.BackgroundWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks every second, in every instance, for what PostgreSQL keeps for Redis; all of it goes as soon as Redis answers. */
@Component
final class HandoverSweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(HandoverSweep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Handover handover;

    HandoverSweep(Handover handover) {
        super("handover of pending registrations to Redis");
        this.handover = handover;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> sweep(), 1);
    }

    private Mono<Void> sweep() {
        return handover.purge()
                .then(next(Handover.Place.START).expand(this::next).count())
                .doOnNext(handedOver -> {
                    if (handedOver > 0) {
                        log.info("{} addresses were handed over to Redis", handedOver);
                    }
                    recovered();
                })
                .then()
                .onErrorResume(this::reported);
    }

    private Mono<Handover.Place> next(Handover.Place last) {
        return unlessStopping(Mono.defer(() -> handover.next(last)));
    }
}
