package dev.frontdesk.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class ThreadMetricsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch free = new CountDownLatch(1);

    @Test
    void countsActiveThreadsAndWaitingWork() {
        try (var threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(2)) {
            ThreadMetrics.of("hashing", threads).bindTo(registry);

            for (int i = 0; i < 5; i++) {
                threads.execute(this::block);
            }

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(gauge("frontdesk.threads.active")).isEqualTo(2));
            assertThat(gauge("frontdesk.threads.queued")).isEqualTo(3);
            free.countDown();
        }
    }

    @Test
    void countsTheWaitingWorkOfAScheduler() {
        var threads = Schedulers.newBoundedElastic(2, 10, "hashing");
        ThreadMetrics.of("hashing", threads).bindTo(registry);
        assertThat(gauge("frontdesk.threads.queued")).isZero();

        for (int i = 0; i < 5; i++) {
            threads.schedule(this::block);
        }

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(gauge("frontdesk.threads.queued")).isEqualTo(3));
        free.countDown();
        threads.dispose();
    }

    private void block() {
        await().atMost(LONG).until(() -> free.getCount() == 0);
    }

    private double gauge(String name) {
        return registry.get(name).tag("threads", "hashing").gauge().value();
    }
}
