package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RouteControllerTest {

    @Test
    void pausesBeforeItRepeatsAConflictingChangeAndGivesUp() {
        var attempts = new AtomicInteger();
        var conflict = new ProblemException(ProblemType.CONFLICT, "changed");

        StepVerifier.withVirtualTime(() -> Mono.defer(() -> {
                            attempts.incrementAndGet();
                            return Mono.<String>error(conflict);
                        })
                        .retryWhen(RouteController.afterConflicts()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .thenAwait(Duration.ofMinutes(1))
                .expectErrorMatches(error -> error == conflict)
                .verify(Duration.ofMinutes(1));

        assertThat(attempts).hasValue(20);
    }
}
