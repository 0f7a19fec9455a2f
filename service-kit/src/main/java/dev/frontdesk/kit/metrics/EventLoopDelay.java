package dev.frontdesk.kit.metrics;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Measures how long tasks wait on event loops: each loop runs a task at intervals and measures how late it is. A loop
 * that blocks for less than an interval is found only if the task is due at that moment, so short delays are sampled.
 */
final class EventLoopDelay implements SmartLifecycle {

    /** One group of loops while the application runs. */
    private record Measured(EventLoops loops, EventExecutorGroup group, List<Probe> probes) {

        void end() {
            probes.forEach(Probe::cancel);
            loops.release().accept(group);
        }
    }

    private final List<EventLoops> all;
    private final Duration interval;
    private final MeterRegistry metrics;
    private volatile List<Measured> running = List.of();

    EventLoopDelay(List<EventLoops> all, Duration interval, MeterRegistry metrics) {
        this.all = all;
        this.interval = interval;
        this.metrics = metrics;
        for (EventLoops loops : all) {
            TimeGauge.builder("frontdesk.event.loop.blocked", this, TimeUnit.NANOSECONDS, it -> it.blockedNanos(loops))
                    .description("How long the event loop that is blocked longest has not run its task")
                    .tag("loops", loops.name())
                    .register(metrics);
        }
    }

    @Override
    public synchronized void start() {
        running = all.stream().map(this::measure).toList();
    }

    private Measured measure(EventLoops loops) {
        var timer = Timer.builder("frontdesk.event.loop.delay")
                .description("How long a task waited for its event loop")
                .tag("loops", loops.name())
                .register(metrics);
        EventExecutorGroup group = loops.group().get();
        var probes = new ArrayList<Probe>();
        for (EventExecutor loop : group) {
            probes.add(new Probe(loop, interval, timer));
        }
        return new Measured(loops, group, probes);
    }

    private long blockedNanos(EventLoops loops) {
        return running.stream()
                .filter(it -> it.loops().equals(loops))
                .flatMap(it -> it.probes().stream())
                .mapToLong(Probe::overdueNanos)
                .max()
                .orElse(0);
    }

    @Override
    public synchronized void stop() {
        running.forEach(Measured::end);
        running = List.of();
    }

    @Override
    public boolean isRunning() {
        return !running.isEmpty();
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.BACKGROUND;
    }

    /** The task of one loop. A loop that shuts down drops it. */
    private static final class Probe implements Runnable {

        private final long intervalNanos;
        private final Timer timer;
        private final Future<?> scheduled;
        private volatile long due;

        Probe(EventExecutor loop, Duration interval, Timer timer) {
            this.intervalNanos = interval.toNanos();
            this.timer = timer;
            this.due = System.nanoTime() + intervalNanos;
            this.scheduled = loop.scheduleWithFixedDelay(this, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            timer.record(overdueNanos(), TimeUnit.NANOSECONDS);
            due = System.nanoTime() + intervalNanos;
        }

        long overdueNanos() {
            return Math.max(0, System.nanoTime() - due);
        }

        void cancel() {
            scheduled.cancel(false);
        }
    }
}
