package dev.frontdesk.notification.queues.push;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.AttemptOutcomes;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import dev.frontdesk.notification.jobs.UnknownOutcome;
import dev.frontdesk.notification.outbound.NoResponseException;
import dev.frontdesk.notification.outbound.OutboundClient;
import dev.frontdesk.notification.outbound.OutboundRequest;
import dev.frontdesk.notification.outbound.OutboundResponse;
import dev.frontdesk.notification.queues.PushSecrets;
import dev.frontdesk.notification.queues.leases.LeasedJob;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends one job to the tenant's URL and stores the outcome that the response means. */
@Component
final class Push {

    /** Longer than a request may take. A receiver that accepts a job has this long from its response on. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final Retry AGAIN =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    /** Rest of the lease after the slowest response; an outcome that cannot be stored by then counts as a stall. */
    private static final Duration WHILE_THE_LEASE_LASTS = LEASE.minus(ANSWER_WITHIN);

    private static final int LARGEST_RESULT = 64 * 1024;
    private static final int ACCEPTED = 202;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    /** Refused for now: timeout, too early, too many requests. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    /** Outcome of an attempt, to be stored. */
    private sealed interface Verdict {

        /** @param result JSON */
        record Done(@Nullable String result) implements Verdict {}

        /** The receiver works on the job and reports the end itself. */
        record Accepted() implements Verdict {}

        /** @param why as a job handler may signal it */
        record Failed(Throwable why) implements Verdict {}
    }

    private final OutboundClient sender;
    private final PushSecrets secrets;
    private final AttemptOutcomes attemptOutcomes;
    private final JobClaims jobClaims;
    private final JsonMapper json;
    private final Clock clock;

    Push(
            OutboundClient sender,
            PushSecrets secrets,
            AttemptOutcomes attemptOutcomes,
            JobClaims jobClaims,
            JsonMapper json,
            Clock clock) {
        this.sender = sender;
        this.secrets = secrets;
        this.attemptOutcomes = attemptOutcomes;
        this.jobClaims = jobClaims;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Completes when the outcome of the job is stored.
     *
     * @param abandoned completes when there is no more time for a response
     */
    Mono<Void> send(PushLane lane, Job job, Mono<Void> abandoned) {
        if (job.isExpired(clock.instant())) {
            return keep(job, new Verdict.Failed(new PermanentFailure("expired")));
        }
        return Mono.defer(() -> sender.send(request(lane, job)))
                .takeUntilOther(abandoned)
                .switchIfEmpty(Mono.error(() -> new UnknownOutcome("the service stopped", null)))
                .map(this::judge)
                .onErrorResume(error -> Mono.just(new Verdict.Failed(withoutAnAnswer(error))))
                .flatMap(verdict -> keep(job, verdict));
    }

    /** Stores the outcome, with retries: the receiver's response stays valid while the database is down. */
    private Mono<Void> keep(Job job, Verdict verdict) {
        return Mono.defer(() -> switch (verdict) {
                    case Verdict.Done(String result) ->
                        attemptOutcomes.complete(job, result).then();
                    case Verdict.Accepted _ ->
                        jobClaims.renew(List.of(job), LEASE).then();
                    case Verdict.Failed(Throwable why) ->
                        attemptOutcomes.fail(job, why).then();
                })
                .retryWhen(AGAIN)
                .timeout(WHILE_THE_LEASE_LASTS);
    }

    /** A request that was certainly not sent was not done, so the job may be retried. */
    private static Throwable withoutAnAnswer(Throwable error) {
        if (!(error instanceof NoResponseException none)) {
            return error;
        }
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

    private Verdict judge(OutboundResponse answer) {
        if (answer.status() == ACCEPTED) {
            return new Verdict.Accepted();
        }
        if (answer.isSuccess()) {
            return new Verdict.Done(result(answer));
        }
        String reason = "answered with " + answer.status();
        boolean forGood = answer.status() >= REFUSED && answer.status() < BROKEN && !LATER.contains(answer.status());
        return new Verdict.Failed(
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
