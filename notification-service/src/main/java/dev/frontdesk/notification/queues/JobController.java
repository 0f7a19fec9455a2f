package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.queues.JobChanges.Change;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/queues/{queue}/jobs}: administrators read and change jobs. */
@RestController
@RequestMapping("/api/v1/queues/{queue}/jobs")
final class JobController {

    private final QueueResolver known;
    private final StoredJobs jobs;
    private final JobChanges changes;
    private final JobSignals signals;

    JobController(QueueResolver known, StoredJobs jobs, JobChanges changes, JobSignals signals) {
        this.known = known;
        this.jobs = jobs;
        this.changes = changes;
        this.signals = signals;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<StoredJob> jobs, @Nullable String nextCursor) {}

    /**
     * @param more whether more jobs may match the choice
     * @param notRetryable other matching jobs that can no longer be done: expired, or without the secret that they need
     */
    record Retried(long retried, boolean more, long notRetryable) {}

    /** A change to one job. */
    private interface Doing {
        Mono<Change> in(TenantId tenant, QueueName queue, UUID id);
    }

    @Takes(query = {"state", "limit", "cursor"})
    @GetMapping
    Mono<ResponseEntity<Found>> list(
            @PathVariable String queue, @RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> {
            var fields = new FieldReader();
            var state = fields.required("state", parameters.getFirst("state"), JobState::read);
            int limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit)
                    .orElse(Page.DEFAULT_LIMIT);
            var after = fields.optional("cursor", parameters.getFirst("cursor"), JobPosition::read);
            fields.check();
            return jobs.list(tenant, found.name(), state.orElseThrow(), limit, after.orElse(null))
                    .map(page -> fresh(page(page, limit)));
        });
    }

    private static Found page(List<StoredJob> found, int limit) {
        return found.size() <= limit
                ? new Found(found, null)
                : new Found(
                        found.subList(0, limit), found.get(limit - 1).position().cursor());
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<StoredJob>> show(@PathVariable String queue, @PathVariable UUID id, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> QueueResolver.jobOr404(jobs.find(tenant, found.name(), id)))
                .map(JobController::fresh);
    }

    /**
     * A running job is cut off at its worker's next renewal or report. The response is the same if the job is already
     * cancelled.
     */
    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> cancel(@PathVariable String queue, @PathVariable UUID id, Caller caller) {
        return change(queue, id, caller, changes::cancel, JobState.CANCELLED);
    }

    /** Lets a delayed job begin now. The response is the same if the job already waits. */
    @PostMapping("/{id}/promote")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> promote(@PathVariable String queue, @PathVariable UUID id, Caller caller) {
        return change(queue, id, caller, changes::promote, JobState.WAITING);
    }

    /**
     * Retries a job that failed, was cancelled or ended as unknown. The response is the same if the job already waits.
     * A job that has expired, or whose secret was deleted when it ended, is refused.
     */
    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> retry(@PathVariable String queue, @PathVariable UUID id, Caller caller) {
        return change(queue, id, caller, changes::retry, JobState.WAITING);
    }

    /** Retries the jobs that ended first, up to the limit of one call. */
    @PostMapping("/retry")
    Mono<Retried> retryMany(@PathVariable String queue, @RequestBody RetryRequest request, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> changes.retry(tenant, found.name(), request.choice()))
                .doOnNext(_ -> signals.tell(queue))
                .map(many ->
                        new Retried(many.retried(), many.retried() == JobChanges.MOST_AT_ONCE, many.notRetryable()));
    }

    private Mono<Void> change(String queue, UUID id, Caller caller, Doing doing, JobState alreadyDone) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue)
                .flatMap(found -> QueueResolver.jobOr404(doing.in(tenant, found.name(), id)))
                .doOnNext(change -> {
                    if (change.made()) {
                        signals.tell(queue);
                    }
                })
                .flatMap(change -> done(change, alreadyDone));
    }

    private static Mono<Void> done(Change change, JobState alreadyDone) {
        var standing = change.standing().filter(it -> it.state() != alreadyDone);
        return standing.isEmpty()
                ? Mono.empty()
                : Mono.error(new ProblemException(
                        ProblemType.CONFLICT, standing.get().reasonAgainst(alreadyDone)));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
