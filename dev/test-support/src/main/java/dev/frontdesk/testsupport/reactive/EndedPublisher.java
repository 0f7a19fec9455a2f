package dev.frontdesk.testsupport.reactive;

import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * Verifies a publisher that takes real time. StepVerifier looks for the next signal in a loop that never sleeps, so that a
 * test which waits takes a whole core from all others.
 */
public final class EndedPublisher {

    private static final Duration LONG = Duration.ofSeconds(60);

    private EndedPublisher() {}

    /** Subscribes, waits until the publisher has ended, and hands its signals to StepVerifier. */
    public static <T> StepVerifier.FirstStep<T> verifyEnded(Publisher<T> publisher) {
        var signals = Flux.from(publisher)
                .materialize()
                .collectList()
                .timeout(LONG)
                .toFuture()
                .join();
        return StepVerifier.create(Flux.fromIterable(signals).dematerialize());
    }
}
