package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.jobs.JobsInHand.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class JobsInHandTest {

    private final JobsInHand inHand = new JobsInHand(new TwoAtOnce());

    @Test
    void hasRoomForTheNextJobWhileAnOutcomeIsStored() {
        begin(2);
        assertThat(inHand.room()).isZero();

        inHand.attemptEnded();
        assertThat(inHand.room()).isEqualTo(1);
        assertThat(inHand.isEmpty()).isFalse();
    }

    @Test
    void hasNoRoomIfOutcomesCanNotBeStored() {
        begin(2);
        inHand.attemptEnded();
        inHand.attemptEnded();
        var next = begin(2);
        inHand.attemptEnded();
        inHand.attemptEnded();
        assertThat(inHand.room()).isZero();

        inHand.remove(next.getFirst());
        assertThat(inHand.room()).isEqualTo(1);
    }

    private List<Held> begin(int number) {
        inHand.add(IntStream.range(0, number)
                .mapToObj(_ -> new ClaimedJob(JobFixture.job("kind"), Mono.empty()))
                .toList());
        var begun = new ArrayList<Held>();
        for (Held next = inHand.next(); next != null; next = inHand.next()) {
            begun.add(next);
        }
        return begun;
    }

    private static final class TwoAtOnce implements JobSource {

        @Override
        public String name() {
            return "queue";
        }

        @Override
        public boolean mayHaveWork(String queue) {
            return true;
        }

        @Override
        public int concurrency() {
            return 2;
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration timeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public String span() {
            return "job.handle";
        }

        @Override
        public Flux<List<ClaimedJob>> claim(JobsInHand claiming) {
            return Flux.empty();
        }
    }
}
