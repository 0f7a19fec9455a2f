package dev.frontdesk.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopDelayTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final double BLOCKED_FOR = 0.05;

    private final EventExecutorGroup group = new DefaultEventExecutorGroup(2);
    private final AtomicBoolean released = new AtomicBoolean();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<EventLoopDelay> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(EventLoopDelay::stop);
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void reportsTheLoopThatIsBlockedAndHowLongItsTaskWaited() {
        start(group);
        var free = new CountDownLatch(1);
        group.iterator().next().execute(() -> await().atMost(LONG).until(() -> free.getCount() == 0));

        await().atMost(LONG).untilAsserted(() -> assertThat(blocked()).isGreaterThan(BLOCKED_FOR));
        free.countDown();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(timer().max(TimeUnit.SECONDS)).isGreaterThan(BLOCKED_FOR));
        await().atMost(LONG).untilAsserted(() -> assertThat(blocked()).isLessThan(BLOCKED_FOR));
    }

    @Test
    void measuresALoopWhileAnotherOneIsBlocked() {
        start(group);

        group.iterator().next().execute(() -> await().atMost(LONG).until(released::get));

        await().atMost(LONG).untilAsserted(() -> assertThat(timer().count()).isGreaterThan(2));
    }

    @Test
    void leavesNoTaskWhenItStops() {
        var channel = new EmbeddedChannel();
        channel.freezeTime();
        var measured = start(channel.eventLoop());
        passTime(channel);
        assertThat(timer().count()).isEqualTo(1);

        measured.stop();
        passTime(channel);

        assertThat(timer().count()).isEqualTo(1);
        assertThat(channel.hasPendingTasks()).isFalse();
        assertThat(released).isTrue();
    }

    private static void passTime(EmbeddedChannel channel) {
        channel.advanceTimeBy(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private EventLoopDelay start(EventExecutorGroup loops) {
        var delay = new EventLoopDelay(
                List.of(new EventLoops("http", () -> loops, _ -> released.set(true))), INTERVAL, registry);
        started.add(delay);
        delay.start();
        return delay;
    }

    private double blocked() {
        return registry.get("frontdesk.event.loop.blocked")
                .tag("loops", "http")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    private Timer timer() {
        return registry.get("frontdesk.event.loop.delay").tag("loops", "http").timer();
    }
}
