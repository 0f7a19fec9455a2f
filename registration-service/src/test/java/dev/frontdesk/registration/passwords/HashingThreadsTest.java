package dev.frontdesk.registration.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class HashingThreadsTest {

    private static final int QUEUE = 40;

    private final HashingThreads threads = new HashingThreads(1, QUEUE);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void end() {
        mayEnd.countDown();
        threads.end();
    }

    @Test
    void skipsCancelledTasks() throws InterruptedException {
        Mono<Integer> first = occupy();
        List<Disposable> waiting = fillTheQueue();
        waiting.forEach(Disposable::dispose);

        // The places in the queue exist before any thread does.
        StepVerifier.create(threads.run(done::incrementAndGet))
                .then(mayEnd::countDown)
                .expectNext(1)
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        StepVerifier.create(first).expectNext(0).expectComplete().verify(Duration.ofSeconds(10));
        assertThat(done).hasValue(1);
    }

    @Test
    void saysWhenThoseAheadWillBeDone() throws InterruptedException {
        occupy();
        fillTheQueue();
        // Nothing is measured yet: 41 hashes at 50 ms each.
        StepVerifier.create(threads.run(done::incrementAndGet))
                .expectErrorSatisfies(refused -> {
                    assertThat(refused).isInstanceOf(HashQueueFull.class);
                    assertThat(((HashQueueFull) refused).getHeaders().getFirst("Retry-After"))
                            .isEqualTo("3");
                })
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void tellsWhatFailed() {
        StepVerifier.create(threads.run(() -> {
                    throw new IllegalStateException("no memory");
                }))
                .expectErrorMessage("no memory")
                .verify(Duration.ofSeconds(10));
        StepVerifier.create(threads.run(() -> 1)).expectNext(1).verifyComplete();
    }

    @Test
    void worksOnItsOwnThreads() {
        StepVerifier.create(threads.run(() -> Thread.currentThread().getName()))
                .expectNext("password-hashing-1")
                .verifyComplete();
        StepVerifier.create(threads.run(() -> 1).map(_ -> Thread.currentThread().getName()))
                .assertNext(name -> assertThat(name).startsWith("parallel-"))
                .verifyComplete();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void runsAtLowPriority() {
        String before = niceOfThisThread();
        String nice = threads.run(HashingThreadsTest::niceOfThisThread).block();
        assertThat(nice).isEqualTo("10");
        assertThat(niceOfThisThread()).isEqualTo(before);
    }

    /** The 19th field of proc_pid_stat(5); the second may contain spaces and ends with the last bracket. */
    private static String niceOfThisThread() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the result of the task that occupies the only thread until it is released */
    private Mono<Integer> occupy() throws InterruptedException {
        Mono<Integer> first = threads.run(() -> {
                    running.countDown();
                    try {
                        mayEnd.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                })
                .cache();
        first.subscribe();
        running.await();
        return first;
    }

    private List<Disposable> fillTheQueue() {
        var waiting = new ArrayList<Disposable>();
        for (int i = 0; i < QUEUE; i++) {
            waiting.add(threads.run(done::incrementAndGet).subscribe());
        }
        return waiting;
    }
}
