package dev.frontdesk.kit.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@WithServers
@SpringBootTest(
        classes = KitApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"frontdesk.warm-up.rounds=1", "frontdesk.warm-up.answered-within=500ms"})
@Import(SlowWarmUpIT.Busy.class)
class SlowWarmUpIT {

    private static final int SLOW = 3;

    /** Answers its first requests late, and counts those before the service became ready. */
    @RestController
    static class Busy {

        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger beforeReady = new AtomicInteger();

        @GetMapping("/cold")
        Mono<String> busy() {
            return requests.incrementAndGet() <= SLOW
                    ? Mono.delay(Duration.ofMillis(600)).thenReturn("late")
                    : Mono.just("in time");
        }

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            beforeReady.set(requests.get());
        }

        @Bean
        WarmUpRequest get(IdentityAssertions assertions) {
            return WarmUpRequest.get(
                    "/cold", () -> Map.of(Headers.IDENTITY, assertions.sign(new Caller.Anonymous(TenantId.DEFAULT))));
        }
    }

    @Autowired
    private Busy busy;

    @Test
    void isReadyOnceItAnswersInTime() {
        assertThat(busy.beforeReady.get()).isGreaterThan(SLOW);
    }
}
