package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.ExhaustedRateLimits.HeldBack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Logs for the operator that the rate limit delays codes: one line when that begins for a tenant, and one when no code
 * was delayed for a minute. So a tenant whose rate swings around the limit causes at most one such pair of lines per
 * minute.
 */
@Component
final class DelayedCodeAlert {

    private static final Logger log = LoggerFactory.getLogger(DelayedCodeAlert.class);
    private static final Duration OVER_AFTER = Duration.ofMinutes(1);

    private final Clock clock;
    private final Counter begun;
    private final AtomicLong waiting = new AtomicLong();
    private final Map<TenantId, Instant> lastSeen = new HashMap<>();

    DelayedCodeAlert(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        Gauge.builder("frontdesk.notification.codes.held", waiting, AtomicLong::get)
                .description("Mails with a code that are delayed by their tenant's rate limit")
                .register(meters);
        this.begun = Counter.builder("frontdesk.notification.codes.holds")
                .description("How often a tenant's rate limit began to delay codes")
                .register(meters);
    }

    /** @param held all delayed codes at this moment */
    synchronized void see(List<HeldBack> held) {
        Instant now = clock.instant();
        waiting.set(held.stream().mapToLong(HeldBack::jobs).sum());
        for (HeldBack one : held) {
            if (lastSeen.put(one.tenant(), now) == null) {
                begun.increment();
                log.warn(
                        "Tenant {} has reached its limit of {} codes in {}: {} are delayed. If this is no abuse of"
                                + " sign-ups or resets, raise the rate limit of its queue {}",
                        one.tenant().value(),
                        one.limit(),
                        one.window(),
                        one.jobs(),
                        CodeQueue.NAME);
            }
        }
        lastSeen.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
    }

    private static boolean isOver(TenantId tenant, Instant seen, Instant now) {
        boolean over = !seen.plus(OVER_AFTER).isAfter(now);
        if (over) {
            log.info("Tenant {} had no delayed code for {}", tenant.value(), OVER_AFTER);
        }
        return over;
    }
}
