package dev.frontdesk.registration.clientlimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalsTest {

    @RegisterExtension
    private final LogCapture log = new LogCapture();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Refusals refusals = Refusals.ofRequests(metrics, clock);

    @Test
    void areCountedAndLoggedOnceAMinute() {
        refuse("203.0.113.7", 400);
        assertThat(log.lines()).singleElement().asString().contains("WARN").contains("1 sign-ups");
        clock.advance(Duration.ofSeconds(59));
        refuse("203.0.113.8", 1);
        assertThat(log.lines()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        refuse("203.0.113.7", 1);

        assertThat(log.lines()).hasSize(2).last().asString().contains("401 sign-ups");
        assertThat(metrics.get("frontdesk.registration.client.limit.refusals")
                        .counter()
                        .count())
                .isEqualTo(402);
    }

    @Test
    void sayWhatKindOfAddressItWasAndNotWhich() {
        for (String address : new String[] {"203.0.113.7", "10.1.2.3", "no address", "2001:db8::7"}) {
            refuse(address, 1);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("from a public address"),
                        line -> assertThat(line).contains("from a private address: if it is a proxy"),
                        line -> assertThat(line).contains("from an address that the gateway does not know"),
                        line -> assertThat(line).contains("from a public address"))
                .noneMatch(line -> line.contains("203.0.113") || line.contains("10.1.2") || line.contains("2001:db8"));
    }

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(ClientRange.of(address));
        }
    }
}
