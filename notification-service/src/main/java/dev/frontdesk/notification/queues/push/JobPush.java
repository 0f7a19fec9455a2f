package dev.frontdesk.notification.queues.push;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.AcceptedByReceiver;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.jobs.UnknownOutcome;
import dev.frontdesk.notification.outbound.NoResponseException;
import dev.frontdesk.notification.outbound.OutboundClient;
import dev.frontdesk.notification.outbound.OutboundRequest;
import dev.frontdesk.notification.outbound.OutboundResponse;
import dev.frontdesk.notification.queues.PushSecrets;
import dev.frontdesk.notification.queues.leases.LeasedJob;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends one job to the tenant's URL. The response says how the attempt ended. */
@Component
final class JobPush {

    /** Longer than a request may take. A receiver that accepts a job has this long from its response on. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int LARGEST_RESULT = 64 * 1024;
    private static final int ACCEPTED = 202;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    /** Refused for now: timeout, too early, too many requests. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final OutboundClient sender;
    private final PushSecrets secrets;
    private final JsonMapper json;

    JobPush(OutboundClient sender, PushSecrets secrets, JsonMapper json) {
        this.sender = sender;
        this.secrets = secrets;
        this.json = json;
    }

    /**
     * Emits the result of the job. Fails as a job handler may, and with {@link AcceptedByReceiver} when the receiver
     * works on the job and reports the outcome itself.
     */
    Mono<String> send(PushLane lane, Job job) {
        return Mono.defer(() -> sender.send(request(lane, job)))
                .onErrorMap(NoResponseException.class, JobPush::withoutResponse)
                .flatMap(this::judge);
    }

    /** A request that was certainly not sent was not done, so the job may be retried. */
    private static Throwable withoutResponse(NoResponseException none) {
        String reason = String.valueOf(none.getMessage());
        return none.mayHaveArrived() ? new UnknownOutcome(reason, none) : new RetryableFailure(reason, none);
    }

    private OutboundRequest request(PushLane lane, Job job) {
        try {
            return new OutboundRequest(
                    "job_" + job.id(),
                    job.kind(),
                    sender.callable(lane.url()),
                    secrets.open(lane.tenant(), lane.queue(), lane.secret(), lane.secretBefore()),
                    lane.legacySignature(),
                    json.writeValueAsString(LeasedJob.of(job, LEASE)),
                    ANSWER_WITHIN,
                    LARGEST_RESULT);
        } catch (IllegalArgumentException wrong) {
            throw new RetryableFailure("the queue's push URL or secret is unusable", wrong);
        }
    }

    private Mono<String> judge(OutboundResponse answer) {
        if (answer.status() == ACCEPTED) {
            return Mono.error(new AcceptedByReceiver());
        }
        if (answer.isSuccess()) {
            return Mono.justOrEmpty(result(answer));
        }
        String reason = "answered with " + answer.status();
        boolean forGood = answer.status() >= REFUSED && answer.status() < BROKEN && !LATER.contains(answer.status());
        return Mono.error(
                forGood
                        ? new PermanentFailure(reason)
                        : new RetryableFailure(
                                reason, answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter(), null));
    }

    /** The result if the response is complete JSON; other content is not stored. */
    private @Nullable String result(OutboundResponse answer) {
        String type = answer.contentType();
        if (type == null || !type.startsWith("application/json") || !answer.whole()) {
            return null;
        }
        try {
            StorableJson result = json.readValue(answer.body(), StorableJson.class);
            return result == null ? null : result.text();
        } catch (JacksonException none) {
            return null;
        }
    }
}
