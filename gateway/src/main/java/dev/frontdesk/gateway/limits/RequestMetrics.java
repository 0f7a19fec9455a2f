package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Bound;
import dev.frontdesk.gateway.limiter.Decision;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Standing;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.gateway.limiter.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;

/**
 * Counts what the limits decided: requests that a subject's policy allowed, refused, or would have refused if it were not in
 * shadow mode. A request that one subject refuses is not counted for the others. Runs for every request, so all counters are
 * made at the start.
 */
final class RequestMetrics {

    private final OfKind[] kinds;

    RequestMetrics(MeterRegistry meters) {
        this.kinds = Stream.of(Subject.Kind.values())
                .map(kind -> new OfKind(meters, kind))
                .toArray(OfKind[]::new);
    }

    private static final class OfKind {

        private final Counter allowed;
        private final Counter[] refused;
        private final Counter[] wouldRefuse;

        OfKind(MeterRegistry meters, Subject.Kind kind) {
            this.allowed = counter(meters, kind, "allowed", "none");
            this.refused = byBound(meters, kind, "refused");
            this.wouldRefuse = byBound(meters, kind, "would-refuse");
        }
    }

    void count(Decision decision) {
        Standing refusing = decision.refusing();
        for (Standing standing : decision.standings()) {
            OfKind counters = kinds[standing.limited().subject().kind().ordinal()];
            boolean shadow = standing.limited().policy().mode() == Policy.Mode.SHADOW;
            Usage refusal = shadow || standing == refusing ? standing.longestRefusal() : null;
            if (refusal != null) {
                (shadow ? counters.wouldRefuse : counters.refused)
                        [refusal.bound().ordinal()].increment();
            } else if (decision.allowed() && standing.limited().subject().route() == null) {
                counters.allowed.increment();
            }
        }
    }

    private static Counter counter(MeterRegistry meters, Subject.Kind kind, String outcome, String bound) {
        return Counter.builder("frontdesk.gateway.limits.requests")
                .description("Requests by what the limits decided")
                .tag("subject", kind.label())
                .tag("outcome", outcome)
                .tag("bound", bound)
                .register(meters);
    }

    private static Counter[] byBound(MeterRegistry meters, Subject.Kind kind, String outcome) {
        return Stream.of(Bound.values())
                .map(bound -> counter(meters, kind, outcome, bound.label()))
                .toArray(Counter[]::new);
    }
}
