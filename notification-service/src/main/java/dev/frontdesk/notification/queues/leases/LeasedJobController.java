package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.ReportedOutcomes.Standing;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.queues.QueueResolver;
import dev.frontdesk.notification.queues.QueueSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/queues/{queue}/jobs/{id}}: an external worker reports on a job that it holds, each time with its
 * fence.
 */
@RestController
@RequestMapping("/api/v1/queues/{queue}/jobs/{id}")
final class LeasedJobController {

    private static final int LARGEST_RESULT = 64 * 1024;
    private static final int LONGEST_REASON = 1_000;
    private static final String NO_REASON = "failed";

    private final QueueResolver known;
    private final LeasedJobs held;

    LeasedJobController(QueueResolver known, LeasedJobs held) {
        this.known = known;
        this.held = held;
    }

    /** Fields that all reports have. */
    private interface Word {
        @Nullable Long fence();
    }

    record Renewal(@Nullable Long fence, @Nullable Integer leaseMs) implements Word {}

    record Progress(@Nullable Long fence, @Nullable Integer percent) implements Word {}

    record Completion(@Nullable Long fence, @Nullable StorableJson result) implements Word {}

    /**
     * @param reason free text for people; text that cannot be stored unchanged is converted, not refused
     * @param retryable whether another attempt may succeed; true when missing
     * @param retryAfterMs minimum wait before the next attempt
     */
    record Failing(
            @Nullable Long fence,
            @Nullable String reason,
            @Nullable Boolean retryable,
            @Nullable Long retryAfterMs) implements Word {}

    /** @param state delayed if the job is retried, failed if not */
    record Failed(String state) {}

    @PostMapping("/renew")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> renew(@PathVariable String queue, @PathVariable UUID id, @RequestBody Renewal renewal, Caller caller) {
        return standing(queue, id, caller).flatMap(standing -> {
            var fields = fieldsOf(renewal);
            Duration lease = LeaseRequest.lease(renewal.leaseMs(), fields);
            return held.renew(standing, fence(renewal, fields), lease);
        });
    }

    @PostMapping("/progress")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> progress(
            @PathVariable String queue, @PathVariable UUID id, @RequestBody Progress progress, Caller caller) {
        return standing(queue, id, caller).flatMap(standing -> {
            var fields = fieldsOf(progress);
            if (progress.percent() == null) {
                fields.refuse("percent", "is required");
            }
            fields.range("percent", progress.percent(), 0, 100);
            long fence = fence(progress, fields);
            return held.progress(standing, fence, Objects.requireNonNull(progress.percent()));
        });
    }

    @PostMapping("/complete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> complete(
            @PathVariable String queue, @PathVariable UUID id, @RequestBody Completion completion, Caller caller) {
        return standing(queue, id, caller).flatMap(standing -> {
            var result = completion.result();
            if (result != null && result.size() > LARGEST_RESULT) {
                throw new ProblemException(
                        ProblemType.PAYLOAD_TOO_LARGE, "A job's result may have at most " + LARGEST_RESULT + " bytes.");
            }
            long fence = fence(completion, fieldsOf(completion));
            return held.complete(standing, fence, result == null ? null : result.text());
        });
    }

    @PostMapping("/fail")
    Mono<Failed> fail(@PathVariable String queue, @PathVariable UUID id, @RequestBody Failing failing, Caller caller) {
        return standing(queue, id, caller).flatMap(standing -> {
            var fields = fieldsOf(failing);
            String reason = reasonOf(failing);
            fields.range("retry_after_ms", failing.retryAfterMs(), 0, QueueSettings.LONGEST_BACKOFF_MS);
            long fence = fence(failing, fields);
            return held.fail(standing, fence, error(failing, reason)).map(Failed::new);
        });
    }

    private static RuntimeException error(Failing failing, String reason) {
        if (Boolean.FALSE.equals(failing.retryable())) {
            return new PermanentFailure(reason);
        }
        Long wait = failing.retryAfterMs();
        return new RetryableFailure(reason, Duration.ofMillis(wait == null ? 0 : wait), null);
    }

    /**
     * Finds the job before the request's fields are checked: a caller who does not own the job only receives 404,
     * whatever else the request contains.
     */
    private Mono<Standing> standing(String queue, UUID id, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        return known.require(tenant, queue).flatMap(found -> held.find(tenant, found.name(), id));
    }

    private static FieldReader fieldsOf(Word word) {
        var fields = new FieldReader();
        if (word.fence() == null) {
            fields.refuse("fence", "is required");
        }
        return fields;
    }

    /** Returns the fence if all fields are valid. */
    private static long fence(Word word, FieldReader fields) {
        fields.check();
        return Objects.requireNonNull(word.fence());
    }

    private static String reasonOf(Failing failing) {
        String shown = failing.reason() == null ? "" : WorkerText.shown(failing.reason(), LONGEST_REASON);
        return shown.isEmpty() ? NO_REASON : shown;
    }
}
