package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/admin/limits}: operators see how a subject stands, forget its requests, and give requests back. */
@RestController
final class LimitController {

    private final NamedSubjects subjects;
    private final SubjectLimits limits;
    private final RequestLimiter limiter;

    LimitController(NamedSubjects subjects, SubjectLimits limits, RequestLimiter limiter) {
        this.subjects = subjects;
        this.limits = limits;
        this.limiter = limiter;
    }

    /** @param bounds one for each limit of the policy */
    record State(String kind, String id, String mode, String withoutRedis, List<BoundState> bounds) {}

    /** The request body, not checked yet. */
    record Refund(@Nullable Long requests) {}

    @GetMapping("/api/v1/admin/limits/{kind}/{id}")
    Mono<State> show(@PathVariable String kind, @PathVariable String id, Caller.Operator operator) {
        return subjects.find(kind, id, operator.tenant())
                .flatMap(limited -> limits.statesOf(limited).map(bounds -> stateOf(kind, limited, bounds)));
    }

    private static State stateOf(String kind, Limited limited, List<BoundState> bounds) {
        Policy policy = limited.policy();
        return new State(kind, limited.subject().id(), Word.of(policy.mode()), Word.of(policy.withoutRedis()), bounds);
    }

    @DeleteMapping("/api/v1/admin/limits/{kind}/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> reset(@PathVariable String kind, @PathVariable String id, Caller.Operator operator) {
        return subjects.find(kind, id, operator.tenant()).flatMap(limits::reset);
    }

    /** @param refundId chosen by the client, so that it can repeat a refund whose answer was lost */
    @PutMapping("/api/v1/admin/limits/{kind}/{id}/refunds/{refund_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> refund(
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable("refund_id") UUID refundId,
            @RequestBody Refund refund,
            Caller.Operator operator) {
        long requests = requestsIn(refund);
        return subjects.find(kind, id, operator.tenant())
                .flatMap(limited -> limiter.refund(limited.subject(), limited.policy(), requests, refundId));
    }

    private static long requestsIn(Refund refund) {
        var fields = new FieldReader();
        if (refund.requests() == null) {
            fields.refuse("requests", "is required");
        }
        fields.range("requests", refund.requests(), 1, Quotas.MOST);
        fields.check();
        return refund.requests() == null ? 0 : refund.requests();
    }
}
