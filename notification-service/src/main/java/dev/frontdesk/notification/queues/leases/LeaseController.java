package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.WorkMode;
import dev.frontdesk.notification.queues.QueueResolver;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/v1/queues/{queue}/leases}: an external worker requests jobs and may wait for them. */
@RestController
final class LeaseController {

    private final QueueResolver known;
    private final Leases leases;
    private final JsonMapper json;

    LeaseController(QueueResolver known, Leases leases, JsonMapper json) {
        this.known = known;
        this.leases = leases;
        this.json = json;
    }

    record Leased(List<LeasedJob> jobs) {}

    @PostMapping("/api/v1/queues/{queue}/leases")
    Mono<Void> lease(
            @PathVariable String queue, @RequestBody LeaseRequest request, Caller caller, ServerHttpResponse response) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> {
            var wanted = request.read(tenant, found.name());
            if (found.worked() != WorkMode.LEASE) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "The queue is not worked by lease but by "
                                + found.worked().word() + ".");
            }
            return leases.take(wanted).flatMap(jobs -> answer(wanted, jobs, response));
        });
    }

    /** Gives the jobs back if the response does not reach the client. */
    private Mono<Void> answer(Leases.Wanted wanted, List<Job> jobs, ServerHttpResponse response) {
        byte[] body = json.writeValueAsBytes(new Leased(
                jobs.stream().map(job -> LeasedJob.of(job, wanted.lease())).toList()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)))
                .doOnError(_ -> leases.giveBack(jobs))
                .doOnCancel(() -> leases.giveBack(jobs));
    }
}
