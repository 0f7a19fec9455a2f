package dev.frontdesk.kit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class ShutdownSignalTest {

    private final AtomicInteger stopped = new AtomicInteger();

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void letsTheOthersStopWhenTheWaitIsOver() {
        var time = VirtualTimeScheduler.getOrSet();
        var shutdown = new ShutdownSignal(Duration.ofSeconds(5));
        shutdown.start();

        shutdown.stop(stopped::incrementAndGet);
        time.advanceTimeBy(Duration.ofMillis(4999));
        assertThat(shutdown.isReceived()).isTrue();
        assertThat(stopped).hasValue(0);

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(stopped).hasValue(1);
    }

    @Test
    void stopsAtOnceWithoutAWait() {
        var shutdown = new ShutdownSignal(Duration.ZERO);
        shutdown.start();

        shutdown.stop(stopped::incrementAndGet);

        assertThat(stopped).hasValue(1);
    }

    @Test
    void keepsConnectionsAgainAfterItWasStartedAgain() {
        var shutdown = new ShutdownSignal(Duration.ZERO);
        shutdown.start();
        shutdown.stop();

        shutdown.start();

        assertThat(shutdown.isReceived()).isFalse();
    }

    @Test
    void stopsAfterTheLastRegisteredWorkHasEnded() {
        var shutdown = new ShutdownSignal(Duration.ZERO);
        Sinks.Empty<Void> closed = Sinks.empty();
        shutdown.beforeServerStops(closed::asMono);
        shutdown.beforeServerStops(() -> Mono.error(new IllegalStateException("failed")));
        shutdown.start();

        shutdown.stop(stopped::incrementAndGet);
        assertThat(stopped).hasValue(0);

        closed.tryEmitEmpty();
        assertThat(stopped).hasValue(1);
    }

    @Test
    void signalsToAllThatListenAndToThoseThatComeLate() {
        var shutdown = new ShutdownSignal(Duration.ZERO);
        shutdown.start();
        var signals = new AtomicInteger();
        shutdown.received().subscribe(null, null, signals::incrementAndGet);
        shutdown.received().subscribe(null, null, signals::incrementAndGet);
        assertThat(signals).hasValue(0);

        shutdown.stop();
        shutdown.received().subscribe(null, null, signals::incrementAndGet);

        assertThat(signals).hasValue(3);
    }
}
