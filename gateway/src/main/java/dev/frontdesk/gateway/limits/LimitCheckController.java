package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.limiter.Decision;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.RequestLimiter;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/limits/check}: an application limits subjects of its own, by the script that limits its requests. */
@RestController
final class LimitCheckController {

    private final RequestLimiter limiter;
    private final RequestMetrics metrics;

    LimitCheckController(RequestLimiter limiter, RequestMetrics metrics) {
        this.limiter = limiter;
        this.metrics = metrics;
    }

    @PostMapping("/api/v1/limits/check")
    Mono<CheckedLimit> check(@RequestBody LimitCheck.Request request, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return decide(request.read(tenant)).map(CheckedLimit::of);
    }

    private Mono<Decision> decide(LimitCheck check) {
        return switch (check) {
            case LimitCheck.Take(Limited limited) ->
                limiter.take(List.of(limited)).doOnNext(metrics::count);
            case LimitCheck.Peek(Limited limited) -> limiter.preview(limited);
            case LimitCheck.Refund(Limited limited, var id) ->
                limiter.refund(limited.subject(), limited.policy(), limited.cost(), id)
                        .then(Mono.defer(() -> limiter.preview(limited)));
        };
    }
}
