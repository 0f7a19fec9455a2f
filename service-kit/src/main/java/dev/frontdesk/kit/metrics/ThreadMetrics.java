package dev.frontdesk.kit.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.scheduler.Scheduler;

/** Metrics of threads for blocking or expensive work, which are few, and for which work waits. */
public final class ThreadMetrics {

    private ThreadMetrics() {}

    /** @param name the value of the label {@code threads} */
    public static MeterBinder of(String name, ThreadPoolExecutor threads) {
        MeterBinder active = registry -> Gauge.builder("frontdesk.threads.active", threads::getActiveCount)
                .description("Threads that work")
                .tag("threads", name)
                .register(registry);
        MeterBinder queued = queued(name, () -> threads.getQueue().size());
        return registry -> {
            active.bindTo(registry);
            queued.bindTo(registry);
        };
    }

    /**
     * Without the number of active threads, which Reactor does not publish.
     *
     * @param name the value of the label {@code threads}
     * @param threads from {@code Schedulers.newBoundedElastic}
     */
    public static MeterBinder of(String name, Scheduler threads) {
        return queued(
                name,
                () -> Scannable.from(threads)
                        .inners()
                        .mapToInt(thread -> thread.scanOrDefault(Attr.BUFFERED, 0))
                        .sum());
    }

    private static MeterBinder queued(String name, Supplier<Number> size) {
        return registry -> Gauge.builder("frontdesk.threads.queued", size)
                .description("Work that waits for a thread")
                .tag("threads", name)
                .register(registry);
    }
}
