package dev.frontdesk.registration.passwords;

import dev.frontdesk.kit.metrics.ThreadMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/** A fixed number of low-priority threads named {@code password-hashing-N}, with a short queue. */
final class HashingThreads {

    /**
     * The estimate before the first measurement. Afterwards a moving average in which each measurement counts one
     * eighth.
     */
    private static final Duration FIRST_GUESS = Duration.ofMillis(50);

    private static final int WEIGHT = 8;

    private final ThreadPoolExecutor threads;
    private final AtomicLong nanosOfOne = new AtomicLong(FIRST_GUESS.toNanos());

    HashingThreads(int number, int queue) {
        this.threads = new ThreadPoolExecutor(
                number, number, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), lessUrgentThreads());
    }

    private static ThreadFactory lessUrgentThreads() {
        var named = new CustomizableThreadFactory("password-hashing-");
        return work -> named.newThread(() -> {
            LowPriorityThread.makeThisThread();
            work.run();
        });
    }

    /**
     * Cancelled work is removed from the queue at once; work that already runs is finished.
     *
     * @return fails with {@link HashQueueFull} when the queue is full
     */
    <T> Mono<T> run(Supplier<T> work) {
        return Mono.<T>create(sink -> {
                    Runnable task = () -> work(work, sink);
                    try {
                        threads.execute(task);
                        sink.onCancel(() -> threads.remove(task));
                    } catch (RejectedExecutionException full) {
                        sink.error(new HashQueueFull(untilAllIsDone()));
                    }
                })
                .publishOn(Schedulers.parallel());
    }

    private <T> void work(Supplier<T> work, MonoSink<T> sink) {
        long start = System.nanoTime();
        try {
            sink.success(work.get());
        } catch (RuntimeException | LinkageError failed) {
            sink.error(failed);
        } finally {
            long took = System.nanoTime() - start;
            nanosOfOne.updateAndGet(mean -> mean + (took - mean) / WEIGHT);
        }
    }

    MeterBinder metrics() {
        return ThreadMetrics.of("password-hashing", threads);
    }

    boolean areIdle() {
        return threads.getQueue().isEmpty();
    }

    private Duration untilAllIsDone() {
        int ahead = threads.getQueue().size() + threads.getActiveCount();
        return Duration.ofNanos(nanosOfOne.get() * ahead / threads.getMaximumPoolSize());
    }

    void end() {
        threads.shutdownNow();
    }
}
