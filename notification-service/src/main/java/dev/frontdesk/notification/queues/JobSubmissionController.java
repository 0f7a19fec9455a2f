package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Answer;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.idempotency.IdempotencyToken;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.JobReceipt;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.QueuedJob;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/queues/{queue}/jobs} and {@code /bulk}: adds jobs to a queue that is worked by lease or push. A
 * success response means that the job is stored and will be done.
 */
@RestController
@RequestMapping("/api/v1/queues/{queue}/jobs")
final class JobSubmissionController {

    private final QueueResolver known;
    private final Jobs jobs;
    private final Idempotency idempotency;
    private final Clock clock;

    JobSubmissionController(QueueResolver known, Jobs jobs, Idempotency idempotency, Clock clock) {
        this.known = known;
        this.jobs = jobs;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** @param fresh false if the key was known; {@code id} is then the id of the existing job with that key */
    record AddedJob(UUID id, boolean fresh) {

        static AddedJob of(JobReceipt jobReceipt) {
            return new AddedJob(jobReceipt.id(), jobReceipt.fresh());
        }
    }

    record Bulk(@Nullable List<@Nullable JobRequest> jobs) {}

    /** The jobs in the order of the request. */
    record AddedJobs(List<AddedJob> jobs) {}

    /** Responds with 200 if the job already existed. */
    @PostMapping
    Mono<ResponseEntity<String>> add(
            @PathVariable String queue, @RequestBody JobRequest request, Caller caller, ServerWebExchange exchange) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.requireOpen(tenant, queue).flatMap(found -> {
            Instant now = clock.instant();
            return idempotency.once(
                    tenant,
                    exchange,
                    request,
                    key -> jobs.add(single(tenant, found, request, now, key))
                            .map(jobReceipt -> answer(queue, jobReceipt)));
        });
    }

    private static NewJob single(TenantId tenant, Queue queue, JobRequest request, Instant now, IdempotencyToken key) {
        var fields = new FieldReader();
        var job = request.job(tenant, queue, now, fields, "", key.text().orElse(null));
        fields.check();
        return job;
    }

    private static Answer answer(String queue, JobReceipt jobReceipt) {
        var body = AddedJob.of(jobReceipt);
        return jobReceipt.fresh() ? Answer.created(QueuedJob.location(queue, jobReceipt.id()), body) : Answer.ok(body);
    }

    /** Status 200 if all jobs already existed. */
    private static Answer answer(List<JobReceipt> jobReceipt) {
        var body = new AddedJobs(jobReceipt.stream().map(AddedJob::of).toList());
        return jobReceipt.stream().anyMatch(JobReceipt::fresh) ? Answer.created(null, body) : Answer.ok(body);
    }

    /** Adds all jobs, or none if one is refused. */
    @PostMapping("/bulk")
    Mono<ResponseEntity<String>> addAll(
            @PathVariable String queue, @RequestBody Bulk request, Caller caller, ServerWebExchange exchange) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.requireOpen(tenant, queue).flatMap(found -> {
            Instant now = clock.instant();
            return idempotency.once(
                    tenant,
                    exchange,
                    request,
                    key -> jobs.addAll(many(tenant, found, request, now, key)).map(JobSubmissionController::answer));
        });
    }

    private static List<NewJob> many(TenantId tenant, Queue queue, Bulk bulk, Instant now, IdempotencyToken key) {
        var fields = new FieldReader();
        List<@Nullable JobRequest> requests = bulk.jobs() == null ? List.of() : bulk.jobs();
        if (requests.isEmpty()) {
            fields.refuse("jobs", "is required, with at least one job");
        }
        if (requests.size() > Jobs.MOST_AT_ONCE) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE, "One request may add at most " + Jobs.MOST_AT_ONCE + " jobs.");
        }
        var jobs = new ArrayList<NewJob>();
        for (int i = 0; i < requests.size(); i++) {
            JobRequest request = requests.get(i);
            String place = "jobs[" + i + "]";
            if (request == null) {
                fields.refuse(place, "is required");
                continue;
            }
            int number = i;
            String own = key.text().map(text -> text + ":" + number).orElse(null);
            jobs.add(request.job(tenant, queue, now, fields, place + ".", own));
        }
        fields.check();
        return jobs;
    }
}
