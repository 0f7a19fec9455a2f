package dev.frontdesk.loadtests.traffic;

import dev.frontdesk.loadtests.figures.Tally;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The current part of a run; requests that start in it are counted in it. */
public final class Phase {

    private volatile Tally tally = new Tally();

    /** @return the counts of the new phase */
    public Tally begin() {
        tally = new Tally();
        return tally;
    }

    /** Counts the work, and swallows its error once it is counted. */
    <T> Mono<T> counted(String name, Mono<T> work) {
        return Mono.defer(() -> {
            Tally mine = tally;
            long start = System.nanoTime();
            return work.doOnSuccess(_ -> mine.answered(Duration.ofNanos(System.nanoTime() - start)))
                    .onErrorResume(error -> {
                        mine.failed(name + ": " + error);
                        return Mono.empty();
                    });
        });
    }

    void failed(String what) {
        tally.failed(what);
    }
}
