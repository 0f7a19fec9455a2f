package dev.frontdesk.kit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class InFlightWorkTest {

    private final InFlightWork inHand = new InFlightWork();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void endsAtOnceWhenNothingIsInHand() {
        inHand.stop().subscribe(null, null, () -> ended.set(true));

        assertThat(ended).isTrue();
    }

    @Test
    void waitsForAllThatHadBegun() {
        Sinks.Empty<Void> first = Sinks.empty();
        Sinks.Empty<Void> second = Sinks.empty();
        inHand.unlessStopping(first.asMono()).subscribe();
        inHand.unlessStopping(second.asMono()).onErrorComplete().subscribe();

        inHand.stop().subscribe(null, null, () -> ended.set(true));
        first.tryEmitEmpty();
        assertThat(ended).isFalse();

        second.tryEmitError(new IllegalStateException("also an end"));
        assertThat(ended).isTrue();
    }

    @Test
    void beginsNothingNew() {
        var begun = new AtomicInteger();
        inHand.stop().subscribe();

        inHand.unlessStopping(Mono.fromRunnable(begun::incrementAndGet)).subscribe();

        assertThat(begun).hasValue(0);
    }
}
