package dev.frontdesk.notification.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.notifications.Frame;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class GaplessFeedTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Kept history = new Kept();
    private final Sinks.Many<ChannelSignal> signals = Sinks.many().unicast().onBackpressureBuffer();

    @Test
    void startsWithTheHistoryAndContinuesLive() {
        history.count = 2;

        feed(OptionalLong.empty())
                .then(this::subscribed)
                .expectNext(1L, 2L)
                .then(() -> live(3, 4))
                .expectNext(3L, 4L)
                .then(() -> assertThat(history.reads).isEqualTo(1))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void resumesAfterTheLastOneThatWasSeen() {
        history.count = 5;

        feed(OptionalLong.of(3))
                .then(this::subscribed)
                .expectNext(4L, 5L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void leavesOutNoneHoweverManyWereMissed() {
        history.count = 1234;

        feed(OptionalLong.of(0))
                .then(this::subscribed)
                .expectNextSequence(numbers(1, 1234))
                .then(() -> live(1235))
                .expectNext(1235L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void givesTheNewestHundredToOneWhoDoesNotSay() {
        history.count = 1234;

        feed(OptionalLong.empty())
                .then(this::subscribed)
                .expectNextSequence(numbers(1135, 1234))
                .then(signals::tryEmitComplete)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void repeatsNoneThatComesTwiceOrLate() {
        history.count = 3;

        feed(OptionalLong.of(0))
                .then(this::subscribed)
                .expectNext(1L, 2L, 3L)
                .then(() -> live(2, 3, 4, 4, 1, 5))
                .expectNext(4L, 5L)
                .then(signals::tryEmitComplete)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void looksUpWhatTheChannelLost() {
        history.count = 2;

        feed(OptionalLong.of(1))
                .then(this::subscribed)
                .expectNext(2L)
                .then(() -> history.count = 5)
                .then(() -> live(5))
                .expectNext(3L, 4L, 5L)
                .then(() -> live(6))
                .expectNext(6L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void looksUpWhatCameWhileTheConnectionWasLost() {
        history.count = 2;

        feed(OptionalLong.of(2))
                .then(this::subscribed)
                .then(() -> history.count = 4)
                .then(this::subscribed)
                .expectNext(3L, 4L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void sendsNotificationsDespiteATooHighLastSeq() {
        history.count = 2;

        feed(OptionalLong.of(1_000_000))
                .then(this::subscribed)
                .then(() -> live(3))
                .expectNext(3L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void readsNoFasterThanItsReader() {
        history.count = 1000;

        StepVerifier.create(new GaplessFeed(history, OptionalLong.of(0)).frames(signals.asFlux()), 10)
                .then(this::subscribed)
                .expectNextCount(10)
                .then(() -> assertThat(history.reads).isLessThanOrEqualTo(2))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void failsWhenTheHistoryIsUnavailable() {
        history.away = true;

        feed(OptionalLong.empty())
                .then(this::subscribed)
                .expectError(IllegalStateException.class)
                .verify(SOON);
    }

    private StepVerifier.FirstStep<Long> feed(OptionalLong resumeAfter) {
        return StepVerifier.create(
                new GaplessFeed(history, resumeAfter).frames(signals.asFlux()).map(Frame::seq));
    }

    private void subscribed() {
        signals.tryEmitNext(new ChannelSignal.Subscribed()).orThrow();
    }

    private void live(long... seqs) {
        for (long seq : seqs) {
            signals.tryEmitNext(new ChannelSignal.Live(frame(seq))).orThrow();
        }
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static Frame frame(long seq) {
        return new Frame(seq, "{\"seq\":" + seq + "}");
    }

    private static final class Kept implements GaplessFeed.History {

        private long count;
        private int reads;
        private boolean away;

        @Override
        public Mono<List<Frame>> after(long seq) {
            reads++;
            return Mono.just(LongStream.rangeClosed(seq + 1, count)
                    .limit(GaplessFeed.PAGE)
                    .mapToObj(GaplessFeedTest::frame)
                    .toList());
        }

        @Override
        public Mono<Long> last() {
            return away ? Mono.error(new IllegalStateException("away")) : Mono.just(count);
        }
    }
}
