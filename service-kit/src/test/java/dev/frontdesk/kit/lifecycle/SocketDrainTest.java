package dev.frontdesk.kit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class SocketDrainTest {

    private static final int SOCKETS = 1000;

    private final ShutdownSignal shutdown = new ShutdownSignal(Duration.ZERO);

    @Test
    void spreadsTheClosesOverTheWait() {
        var farewell = farewell(Duration.ofSeconds(4));
        var closed = new AtomicInteger();

        StepVerifier.withVirtualTime(() -> Flux.range(0, SOCKETS)
                        .flatMap(_ -> farewell.turn().doOnSuccess(_ -> closed.incrementAndGet()), SOCKETS))
                .thenAwait(Duration.ofSeconds(2))
                .then(() -> assertThat(closed.get()).isBetween(SOCKETS * 3 / 10, SOCKETS * 7 / 10))
                .thenAwait(Duration.ofSeconds(2))
                .verifyComplete();
        assertThat(closed).hasValue(SOCKETS);
    }

    @Test
    void reconnectsAtOnceWithoutAWait() {
        StepVerifier.create(farewell(Duration.ZERO).turn()).verifyComplete();
    }

    @Test
    void closesAfterTheShutdownHasBegun() {
        shutdown.start();
        var closed = new AtomicInteger();
        farewell(Duration.ZERO).closing().subscribe(null, null, closed::incrementAndGet);
        assertThat(closed).hasValue(0);

        shutdown.stop();
        assertThat(closed).hasValue(1);
        farewell(Duration.ofHours(1)).closing().subscribe(null, null, closed::incrementAndGet);
        assertThat(closed).as("one that is opened late does not wait").hasValue(2);
    }

    @Test
    void asksEachClientToComeBackAtAnotherMoment() {
        var farewell = farewell(Duration.ZERO);
        var moments = IntStream.range(0, SOCKETS)
                .mapToObj(_ -> farewell.status())
                .peek(status -> assertThat(status.getCode()).isEqualTo(1012))
                .map(status -> JsonMapper.shared()
                        .readTree(status.getReason())
                        .path("reconnect_after_ms")
                        .asInt(-1))
                .toList();

        assertThat(moments).allMatch(moment -> moment >= 0 && moment <= 3000);
        assertThat(moments.stream().distinct().count()).isGreaterThan(SOCKETS / 2);
    }

    private SocketDrain farewell(Duration wait) {
        return new SocketDrain(new DrainProperties(wait, Duration.ofSeconds(3)), shutdown);
    }
}
