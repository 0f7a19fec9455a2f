package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class BatchedStatementsTest {

    private record Write(List<Integer> items, Sinks.Empty<Void> end) {}

    private final List<Write> writes = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final BatchedStatements<Integer, Integer> statements =
            new BatchedStatements<>(this::write, _ -> 1, 200, 200, 2, 1_000, timer);

    @Test
    void writesASingleItemAtOnce() {
        add(1, 1);
        assertThat(sizes()).containsExactly(1);
        end(0);

        add(2, 2);
        assertThat(sizes()).containsExactly(1, 1);
    }

    @Test
    void writesTogetherWhatHasWaited() {
        add(1, 16);
        assertThat(sizes()).containsExactly(1, 2);

        end(0);
        assertThat(sizes()).containsExactly(1, 2, 13);
        assertThat(written).containsExactly(1);
    }

    @Test
    void letsAsManyItemsWaitForTheWriteThatIsRunning() {
        add(1, 16);
        end(0);
        end(1);

        add(17, 29);
        assertThat(sizes()).containsExactly(1, 2, 13);
        end(2);
        assertThat(sizes()).containsExactly(1, 2, 13, 13);
    }

    @Test
    void writesMoreItemsBesideAWriteThatIsRunning() {
        add(1, 16);
        end(0);
        end(1);

        add(17, 30);
        assertThat(sizes()).containsExactly(1, 2, 13, 14);
    }

    @Test
    void writesAFullBatchBesideAnother() {
        add(1, 403);
        end(0);
        end(1);

        assertThat(sizes()).containsExactly(1, 2, 200, 200);
    }

    @Test
    void aSlowWriteDoesNotHoldTheOthersUp() {
        add(1, 16);
        end(0);
        end(1);
        add(17, 18);

        timer.advanceTimeBy(Duration.ofMillis(19));
        assertThat(sizes()).containsExactly(1, 2, 13);
        timer.advanceTimeBy(Duration.ofMillis(1));
        assertThat(sizes()).containsExactly(1, 2, 13, 2);
    }

    @Test
    void aSlowWriteDoesNotHoldTheOthersUpWhenAShorterOneBesideItEnds() {
        add(1, 16);
        end(0);
        end(1);
        timer.advanceTimeBy(Duration.ofMillis(15));
        add(17, 31);
        timer.advanceTimeBy(Duration.ofMillis(10));
        end(3);

        timer.advanceTimeBy(Duration.ofMillis(10));
        assertThat(sizes()).containsExactly(1, 2, 13, 14, 1);
    }

    @Test
    void triesTheItemsOfABadBatchOneByOneWithoutThoseThatGaveUp() {
        add(1, 6);
        var givenUp = statements.run(7).subscribe(written::add);
        end(0);
        end(1);
        givenUp.dispose();

        fail(2, new IllegalArgumentException("one of them"));
        end(3);
        end(4);
        end(5);
        assertThat(items())
                .containsExactly(List.of(1), List.of(2, 3), List.of(4, 5, 6, 7), List.of(4), List.of(5), List.of(6));
        assertThat(written).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void doesNotTryTheOthersWhileTheDatabaseIsUnavailable() {
        add(1, 3);
        var failed = new ArrayList<Throwable>();
        IntStream.rangeClosed(4, 6).forEach(item -> statements.run(item).subscribe(written::add, failed::add));
        end(0);
        end(1);

        fail(2, new IllegalArgumentException("one of them"));
        fail(3, new TimeoutException());
        assertThat(items()).containsExactly(List.of(1), List.of(2, 3), List.of(4, 5, 6), List.of(4));
        assertThat(failed).hasSize(3).allSatisfy(error -> assertThat(error).isInstanceOf(TimeoutException.class));
    }

    @Test
    void writesEverythingInTheOrderInWhichItCame() {
        add(1, 16);
        for (int i = 0; i < writes.size(); i++) {
            end(i);
        }

        assertThat(written)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
    }

    private void add(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(item -> statements.run(item).subscribe(written::add));
    }

    private void end(int number) {
        writes.get(number).end().tryEmitEmpty();
    }

    private void fail(int number, Throwable error) {
        writes.get(number).end().tryEmitError(error);
    }

    private List<List<Integer>> items() {
        return writes.stream().map(Write::items).toList();
    }

    private List<Integer> sizes() {
        return writes.stream().map(write -> write.items().size()).toList();
    }

    private Mono<List<Integer>> write(List<Integer> items) {
        var write = new Write(items, Sinks.empty());
        writes.add(write);
        return write.end().asMono().thenReturn(items);
    }
}
