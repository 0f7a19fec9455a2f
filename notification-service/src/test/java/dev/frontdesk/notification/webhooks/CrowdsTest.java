package dev.frontdesk.notification.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.notification.jobs.NotBegun;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CrowdsTest {

    private final Crowds crowds = new Crowds(2);
    private final UUID endpoint = UUID.randomUUID();
    private final List<Throwable> refused = new ArrayList<>();
    private final List<Sinks.Empty<Void>> underWay = new ArrayList<>();

    @Test
    void letFewTryAnEndpointThatNobodyKnows() {
        begin(5);

        assertThat(underWay).hasSize(2);
        assertThat(refused).hasSize(3).allMatch(NotBegun.class::isInstance);
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

        assertThat(crowds.enter(UUID.randomUUID(), Mono.just(1)).block()).isEqualTo(1);
    }

    @Test
    void giveThePlaceBackWhicheverWayAnAttemptEnds() {
        for (int i = 0; i < 5; i++) {
            crowds.enter(endpoint, Mono.never()).subscribe().dispose();
            crowds.enter(endpoint, Mono.error(new IllegalStateException()))
                    .onErrorComplete()
                    .subscribe();
        }
        begin(1);

        assertThat(underWay).hasSize(1);
    }

    private void begin(int attempts) {
        for (int i = 0; i < attempts; i++) {
            Sinks.Empty<Void> end = Sinks.empty();
            crowds.enter(endpoint, end.asMono().doOnSubscribe(_ -> underWay.add(end)))
                    .subscribe(_ -> {}, refused::add);
        }
    }
}
