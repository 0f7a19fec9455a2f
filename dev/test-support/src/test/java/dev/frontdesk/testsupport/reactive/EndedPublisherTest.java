package dev.frontdesk.testsupport.reactive;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EndedPublisherTest {

    @Test
    void handsOverValuesErrorsAndTheEnd() {
        verifyEnded(Flux.range(1, 2).delayElements(Duration.ofMillis(1)))
                .expectNext(1, 2)
                .verifyComplete();
        verifyEnded(Mono.empty()).verifyComplete();
        verifyEnded(Flux.concat(Mono.just(1), Mono.error(new IllegalStateException("broken"))))
                .expectNext(1)
                .verifyErrorMessage("broken");
    }

    @Test
    void letsStepVerifierSeeWhatIsMissing() {
        assertThatThrownBy(() -> verifyEnded(Mono.empty()).expectNext(1).verifyComplete())
                .isInstanceOf(AssertionError.class);
    }
}
