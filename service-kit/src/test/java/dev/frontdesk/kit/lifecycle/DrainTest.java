package dev.frontdesk.kit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class DrainTest {

    private final AtomicInteger stopped = new AtomicInteger();

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void letsTheOthersStopWhenTheWaitIsOver() {
        var time = VirtualTimeScheduler.getOrSet();
        var drain = new Drain(Duration.ofSeconds(5));
        drain.start();

        drain.stop(stopped::incrementAndGet);
        time.advanceTimeBy(Duration.ofMillis(4999));
        assertThat(drain.isDraining()).isTrue();
        assertThat(stopped).hasValue(0);

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(stopped).hasValue(1);
    }

    @Test
    void stopsAtOnceWithoutAWait() {
        var drain = new Drain(Duration.ZERO);
        drain.start();

        drain.stop(stopped::incrementAndGet);

        assertThat(stopped).hasValue(1);
    }

    @Test
    void keepsConnectionsAgainAfterItWasStartedAgain() {
        var drain = new Drain(Duration.ZERO);
        drain.start();
        drain.stop();

        drain.start();

        assertThat(drain.isDraining()).isFalse();
    }
}
