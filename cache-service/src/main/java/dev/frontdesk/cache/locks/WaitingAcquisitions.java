package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.lifecycle.ShutdownSignal;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Acquires locks, and waits for those that are held. It is not fair: who asks at the right moment gets the lock, though others
 * have waited longer.
 */
@Component
class WaitingAcquisitions {

    /** After a lock has expired; so that not all instances look at the same time. */
    private static final int JITTER_MS = 50;

    private final Locks locks;
    private final LockWaiters waiters;
    private final ShutdownSignal shutdown;
    private final LockKeys keys;
    private final Duration lookAgain;

    WaitingAcquisitions(
            Locks locks, LockWaiters waiters, ShutdownSignal shutdown, KeySpace keySpace, LocksProperties properties) {
        this.locks = locks;
        this.waiters = waiters;
        this.shutdown = shutdown;
        this.keys = new LockKeys(keySpace);
        this.lookAgain = properties.lookAgain();
    }

    /** {@link Attempt.Held} if it was held for as long as the client waits, or until this instance stops. */
    Mono<Attempt> acquire(Acquisition wanted) {
        return Mono.defer(() -> {
            var handover = new Handover(acquired -> locks.giveBack(wanted, acquired));
            return (wanted.patience().isZero() ? attempt(wanted, false, handover) : waiting(wanted, handover))
                    .doOnNext(_ -> handover.complete())
                    .doOnCancel(handover::abandon);
        });
    }

    private Mono<Attempt> waiting(Acquisition wanted, Handover handover) {
        return Mono.defer(() -> {
            var signal = new WakeSignal();
            String lock = keys.lock(wanted.tenant(), wanted.name());
            waiters.add(wanted.tenant(), lock, signal);
            long end = System.nanoTime() + wanted.patience().toNanos();
            return Mono.defer(() -> attemptAndWait(wanted, lock, signal, end, handover))
                    .repeatWhenEmpty(again -> again)
                    .doFinally(_ -> waiters.remove(wanted.tenant(), lock, signal));
        });
    }

    /** Empty when it is time for another attempt. The last one is made when the time is over. */
    private Mono<Attempt> attemptAndWait(Acquisition wanted, String lock, WakeSignal signal, long end, Handover handover) {
        Duration left = shutdown.isReceived() ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
        boolean isLast = !left.isPositive();
        // Before the attempt, so that no release after it is missed.
        Mono<Void> woken = signal.next();
        return attempt(wanted, !isLast, handover).flatMap(attempt -> switch (attempt) {
            case Attempt.Acquired acquired -> Mono.just(acquired);
            case Attempt.Full full -> Mono.just(full);
            case Attempt.Held held when isLast -> Mono.just(held);
            case Attempt.Held held ->
                Mono.firstWithSignal(
                                woken,
                                looksAgain(held, lock, signal),
                                Mono.delay(left).then(),
                                shutdown.received())
                        .then(Mono.empty());
        });
    }

    private Mono<Void> looksAgain(Attempt.Held held, String lock, WakeSignal signal) {
        if (!waiters.isFirst(lock, signal)) {
            return Mono.never();
        }
        Duration jitter = Duration.ofMillis(1 + ThreadLocalRandom.current().nextInt(JITTER_MS));
        Duration expired = held.expiresIn().plus(jitter);
        return Mono.delay(expired.compareTo(lookAgain) < 0 ? expired : lookAgain)
                .then();
    }

    /** Completes even if the client disconnects, so that the lock can be given back. */
    private Mono<Attempt> attempt(Acquisition wanted, boolean waits, Handover handover) {
        return Mono.create(sink -> locks.acquire(wanted, waits)
                .contextWrite(sink.contextView())
                .subscribe(
                        attempt -> {
                            if (attempt instanceof Attempt.Acquired acquired) {
                                handover.begin(acquired);
                            }
                            sink.success(attempt);
                        },
                        sink::error));
    }
}
