package dev.frontdesk.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.logs.LogCapture;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PeriodicReadingTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Test
    void knowsNoValueBeforeTheFirstReading() {
        assertThat(new Numbers(Mono.just(3)).value()).isNaN();
    }

    @Test
    void keepsTheLastValue() {
        var numbers = new Numbers(Mono.just(3), Mono.just(4));

        StepVerifier.withVirtualTime(numbers::work)
                .expectSubscription()
                .then(() -> assertThat(numbers.value()).isEqualTo(3))
                .thenAwait(INTERVAL)
                .then(() -> assertThat(numbers.value()).isEqualTo(4))
                .thenCancel()
                .verify();
    }

    @Test
    void forgetsTheValueWhenAReadingFailsAndWarnsOfNothing() {
        var numbers = new Numbers(Mono.just(3), Mono.error(new IllegalStateException("down")), Mono.just(5));

        StepVerifier.withVirtualTime(numbers::work)
                .expectSubscription()
                .thenAwait(INTERVAL)
                .then(() -> assertThat(numbers.value()).isNaN())
                .thenAwait(INTERVAL)
                .then(() -> assertThat(numbers.value()).isEqualTo(5))
                .thenCancel()
                .verify();
        assertThat(logs.lines()).allMatch(line -> line.startsWith("DEBUG "));
    }

    @Test
    void givesUpAReadingThatHangs() {
        var numbers = new Numbers(Mono.just(3), Mono.never(), Mono.just(5));

        StepVerifier.withVirtualTime(numbers::work)
                .expectSubscription()
                .thenAwait(INTERVAL.plusSeconds(5))
                .then(() -> assertThat(numbers.value()).isNaN())
                .thenAwait(INTERVAL)
                .then(() -> assertThat(numbers.value()).isEqualTo(5))
                .thenCancel()
                .verify();
    }

    private static final class Numbers extends PeriodicReading<Integer> {

        private final Queue<Mono<Integer>> readings;

        @SafeVarargs
        Numbers(Mono<Integer>... readings) {
            super("numbers", INTERVAL);
            this.readings = new ArrayDeque<>(List.of(readings));
        }

        @Override
        protected Mono<Integer> read() {
            return readings.isEmpty() ? Mono.never() : readings.remove();
        }

        double value() {
            return last(Integer::doubleValue);
        }

        @Override
        public void bindTo(MeterRegistry registry) {}
    }
}
