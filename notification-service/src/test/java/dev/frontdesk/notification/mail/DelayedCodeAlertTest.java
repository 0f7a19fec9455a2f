package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.ExhaustedRateLimits.HeldBack;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DelayedCodeAlertTest {

    private static final Duration LOOK = Duration.ofSeconds(5);

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DelayedCodeAlert codes = new DelayedCodeAlert(meters, clock);

    @Test
    void areReportedOnceAtTheStartAndOnceAtTheEnd() {
        look(held("acme", 7), held("shop", 2));
        look(held("acme", 90), held("shop", 3));
        assertThat(told("WARN", "acme")).isEqualTo(1);
        assertThat(told("WARN", "shop")).isEqualTo(1);
        assertThat(gauge()).isEqualTo(93);
        assertThat(holds()).isEqualTo(2);

        lookFor(Duration.ofSeconds(55));
        assertThat(told("INFO", "acme")).isZero();
        lookFor(LOOK);
        look();
        assertThat(told("INFO", "acme")).isEqualTo(1);
        assertThat(told("INFO", "shop")).isEqualTo(1);
        assertThat(gauge()).isZero();
    }

    @Test
    void areNotReportedAgainWithEverySwingAroundTheLimit() {
        for (int i = 0; i < 100; i++) {
            look(held("acme", 1));
            lookFor(Duration.ofSeconds(30));
        }

        assertThat(logs.lines()).hasSize(1);
        assertThat(holds()).isEqualTo(1);
    }

    @Test
    void areReportedAgainAfterAMinuteWithout() {
        look(held("acme", 1));
        lookFor(Duration.ofMinutes(2));
        look(held("acme", 1));

        assertThat(told("WARN", "acme")).isEqualTo(2);
        assertThat(told("INFO", "acme")).isEqualTo(1);
        assertThat(holds()).isEqualTo(2);
    }

    private void look(HeldBack... held) {
        codes.see(List.of(held));
        now = now.plus(LOOK);
    }

    private void lookFor(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            look();
        }
    }

    private static HeldBack held(String tenant, long jobs) {
        return new HeldBack(new TenantId(tenant), jobs, 1_000, Duration.ofMinutes(1));
    }

    private long told(String level, String tenant) {
        return logs.lines().stream()
                .filter(line -> line.startsWith(level) && line.contains("Tenant " + tenant))
                .count();
    }

    private double gauge() {
        return meters.get("frontdesk.notification.codes.held").gauge().value();
    }

    private double holds() {
        return meters.get("frontdesk.notification.codes.holds").counter().count();
    }
}
