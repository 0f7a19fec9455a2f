package dev.frontdesk.registration.verification;

import dev.frontdesk.kit.drain.Phases;
import dev.frontdesk.kit.drain.WorkInHand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks every second, in every instance, for what PostgreSQL keeps for Redis; all of it goes as soon as Redis answers. */
@Component
final class HandoverSweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HandoverSweep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private final Handover handover;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile WorkInHand inHand = new WorkInHand();
    private @Nullable Disposable running;

    HandoverSweep(Handover handover) {
        this.handover = handover;
    }

    private Mono<Void> sweep() {
        return handover.purge()
                .then(handover.askedFirst())
                .then(next(Handover.Place.START).expand(this::next).count())
                .doOnNext(handedOver -> {
                    if (handedOver > 0) {
                        log.info("{} addresses were handed over to Redis", handedOver);
                    }
                    failing.set(false);
                })
                .then()
                .onErrorResume(this::reported);
    }

    private Mono<Handover.Place> next(Handover.Place last) {
        return Mono.defer(() -> inHand.unlessStopping(handover.next(last)));
    }

    /** What waits stays where it is until the next beat. */
    private Mono<Void> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("Pending registrations can't be handed over to Redis for now: {}", error.toString());
        }
        return Mono.empty();
    }

    @Override
    public synchronized void start() {
        inHand = new WorkInHand();
        running = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(_ -> sweep(), 1)
                .subscribe();
    }

    @Override
    public synchronized void stop(Runnable stopped) {
        Disposable sweeping = running;
        running = null;
        inHand.stop()
                .timeout(FINISH_WITHIN, Mono.empty())
                .doFinally(_ -> {
                    if (sweeping != null) {
                        sweeping.dispose();
                    }
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.BACKGROUND;
    }
}
