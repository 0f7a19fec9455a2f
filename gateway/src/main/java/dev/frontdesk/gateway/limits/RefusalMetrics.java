package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Decision;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts refusals, and what a policy in shadow mode would have refused. */
final class RefusalMetrics {

    private final MeterRegistry meters;

    RefusalMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Decision decision) {
        Standing refusing = decision.refusing();
        for (Standing standing : decision.standings()) {
            boolean shadow = standing.limited().policy().mode() == Policy.Mode.SHADOW;
            Usage refusal = shadow || standing == refusing ? standing.longestRefusal() : null;
            if (refusal != null) {
                count(standing, refusal);
            }
        }
    }

    private void count(Standing standing, Usage refusal) {
        Counter.builder("frontdesk.gateway.limits.refused")
                .description("Requests beyond a limit")
                .tag("subject", standing.limited().subject().kind().label())
                .tag("bound", refusal.bound().label())
                .tag("mode", standing.limited().policy().mode().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
