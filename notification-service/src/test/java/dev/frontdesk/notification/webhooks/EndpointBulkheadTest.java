package dev.frontdesk.notification.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.jobs.Deferred;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class EndpointBulkheadTest {

    private long now;
    private final EndpointBulkhead endpointBulkhead = new EndpointBulkhead(2, () -> now);
    private final UUID endpoint = UUID.randomUUID();
    private final List<Throwable> refused = new ArrayList<>();
    private final List<Sinks.Empty<Void>> underWay = new ArrayList<>();

    @Test
    void letFewTryAnUnknownEndpoint() {
        begin(5);

        assertThat(underWay).hasSize(2);
        assertThat(refused).hasSize(3).allMatch(Deferred.class::isInstance);
    }

    @Test
    void letManyToOneThatIsQuick() {
        begin(1);
        underWay.removeFirst().tryEmitEmpty();

        begin(50);

        assertThat(underWay).hasSize(50);
    }

    @Test
    void countEachEndpointByItself() {
        begin(5);

        assertThat(endpointBulkhead.enter(UUID.randomUUID(), Mono.just(1)).block())
                .isEqualTo(1);
    }

    @Test
    void giveThePlaceBackWhicheverWayAnAttemptEnds() {
        for (int i = 0; i < 5; i++) {
            endpointBulkhead.enter(endpoint, Mono.never()).subscribe().dispose();
            endpointBulkhead
                    .enter(endpoint, Mono.error(new IllegalStateException()))
                    .onErrorComplete()
                    .subscribe();
        }
        begin(1);

        assertThat(underWay).hasSize(1);
    }

    @Test
    void delayJobsLongerBehindALongQueue() {
        makeALongQueue();

        assertThat(refused).hasSize(10_000);
        assertThat(pauses()).allMatch(it -> it.isPositive() && it.compareTo(Duration.ofMinutes(15)) <= 0);
        // Two in fifteen seconds are eight in a minute.
        assertThat(pauses()).filteredOn(it -> it.toSeconds() < 60).hasSizeBetween(7, 8);
        assertThat(pauses()).filteredOn(it -> it.toSeconds() < 7 * 60).hasSizeBetween(50, 60);
    }

    @Test
    void forgetHowManyWaitedOfOneThatIsQuickAgain() {
        makeALongQueue();
        underWay.removeFirst().tryEmitEmpty();
        now += Duration.ofSeconds(2).toNanos();
        underWay.removeFirst().tryEmitEmpty();
        refused.clear();

        begin(3);

        assertThat(pauses()).singleElement().satisfies(it -> assertThat(it).hasSeconds(1));
    }

    @Test
    void letThoseWaitLongerTheLongerTheFirstAttemptTakes() {
        begin(2);
        begin(50);
        assertThat(pauses()).allMatch(it -> it.toMillis() >= 100 && it.toMillis() < 1_000);
        refused.clear();

        now += Duration.ofSeconds(10).toNanos();
        begin(50);

        assertThat(pauses()).allMatch(it -> it.toMillis() >= 10_100 && it.toMillis() < 11_000);
    }

    private List<Duration> pauses() {
        return refused.stream().map(it -> ((Deferred) it).pause()).toList();
    }

    private void begin(int attempts) {
        for (int i = 0; i < attempts; i++) {
            Sinks.Empty<Void> end = Sinks.empty();
            endpointBulkhead
                    .enter(endpoint, end.asMono().doOnSubscribe(_ -> underWay.add(end)))
                    .subscribe(_ -> {}, refused::add);
        }
    }

    /** Two requests in fifteen seconds, and ten thousand that wait behind them. */
    private void makeALongQueue() {
        begin(3);
        now += Duration.ofSeconds(15).toNanos();
        underWay.forEach(Sinks.Empty::tryEmitEmpty);
        underWay.clear();
        refused.clear();
        begin(10_002);
    }
}
