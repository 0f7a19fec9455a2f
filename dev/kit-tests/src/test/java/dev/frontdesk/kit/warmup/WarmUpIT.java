package dev.frontdesk.kit.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@WithServers
@SpringBootTest(
        classes = KitApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"frontdesk.warm-up.rounds=2", "frontdesk.warm-up.answered-within=1m"})
@Import(WarmUpIT.Cold.class)
class WarmUpIT {

    /** Records its calls, and when the service became ready. */
    @RestController
    static class Cold {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @GetMapping("/cold")
        String cold() {
            calls.add("GET");
            return "warm";
        }

        @Takes(body = true)
        @PostMapping(path = "/cold", consumes = "text/plain")
        String failing(@RequestBody String body) {
            calls.add("POST " + body);
            throw new IllegalStateException("fails always");
        }

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            calls.add(event.getState().name());
        }

        @Bean
        WarmUpRequest get(IdentityAssertions assertions) {
            return WarmUpRequest.get("/cold", () -> headers(assertions));
        }

        @Bean
        WarmUpRequest post(IdentityAssertions assertions) {
            return new WarmUpRequest("POST", "/cold", () -> headers(assertions), "body");
        }

        private static Map<String, String> headers(IdentityAssertions assertions) {
            return Map.of(
                    Headers.IDENTITY,
                    assertions.sign(new Caller.Anonymous(TenantId.DEFAULT)),
                    "Content-Type",
                    "text/plain");
        }
    }

    @Autowired
    private Cold cold;

    @Test
    void callsItselfBeforeItIsReadyWhateverTheAnswersAre() {
        assertThat(cold.calls).containsExactly("GET", "POST body", "GET", "POST body", "ACCEPTING_TRAFFIC");
    }
}
