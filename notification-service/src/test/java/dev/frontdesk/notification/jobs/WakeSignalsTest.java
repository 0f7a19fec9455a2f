package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeSignalsTest {

    private final WakeSignals wakeSignals = new WakeSignals();
    private final List<String> heard = new ArrayList<>();

    @Test
    void canBeWokenByItsOwnListener() {
        wakeSignals.asFlux().subscribe(name -> {
            heard.add(name);
            if (heard.size() < 3) {
                wakeSignals.wake("again");
            }
        });

        wakeSignals.wake("first");

        assertThat(heard).containsExactly("first", "again", "again");
    }

    @Test
    void losesNoneOfSeveralThatWakeAtOnce() throws InterruptedException {
        var woken = new AtomicInteger();
        var start = new CountDownLatch(1);
        wakeSignals.asFlux().subscribe(_ -> woken.incrementAndGet());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String name = "queue-" + i;
            threads.add(Thread.ofPlatform().start(() -> {
                await(start);
                wakeSignals.wake(name);
            }));
        }

        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(woken).hasValue(8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
