package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.json.StorableJson;
import dev.frontdesk.notification.jobs.Attempts;
import dev.frontdesk.notification.jobs.Claims;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.NotDeliveredYet;
import dev.frontdesk.notification.jobs.OutcomeUnknown;
import dev.frontdesk.notification.jobs.Undeliverable;
import dev.frontdesk.notification.webhooks.NotAnswered;
import dev.frontdesk.notification.webhooks.WebhookAnswer;
import dev.frontdesk.notification.webhooks.WebhookRequest;
import dev.frontdesk.notification.webhooks.WebhookSender;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends one job to the tenant's URL, and takes the answer for what became of it. */
@Component
final class Push {

    /** Longer than a request may take; whoever accepts a job has as long, from its answer on. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int LARGEST_RESULT = 64 * 1024;
    private static final int ACCEPTED = 202;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    /** Timeout, too early, too many: refused for now. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final WebhookSender sender;
    private final PushSecrets secrets;
    private final Attempts attempts;
    private final Claims claims;
    private final JsonMapper json;
    private final Clock clock;

    Push(WebhookSender sender, PushSecrets secrets, Attempts attempts, Claims claims, JsonMapper json, Clock clock) {
        this.sender = sender;
        this.secrets = secrets;
        this.attempts = attempts;
        this.claims = claims;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Ends when what became of the job is kept.
     *
     * @param abandoned ends when there is no more time for an answer
     */
    Mono<Void> send(PushLane lane, Job job, Mono<Void> abandoned) {
        if (job.isExpired(clock.instant())) {
            return attempts.fail(job, new Undeliverable("expired")).then();
        }
        return Mono.defer(() -> sender.send(request(lane, job)))
                .takeUntilOther(abandoned)
                .switchIfEmpty(Mono.error(() -> new OutcomeUnknown("the service stopped", null)))
                .onErrorMap(NotAnswered.class, none -> new OutcomeUnknown(String.valueOf(none.getMessage()), none))
                .flatMap(answer -> judged(job, answer))
                .onErrorResume(error -> attempts.fail(job, error).then());
    }

    private WebhookRequest request(PushLane lane, Job job) {
        try {
            return new WebhookRequest(
                    "job_" + job.id(),
                    sender.callable(lane.url()),
                    secrets.open(lane.tenant(), lane.queue(), lane.secret(), lane.secretBefore()),
                    json.writeValueAsString(LeasedJob.of(job, LEASE)),
                    ANSWER_WITHIN,
                    LARGEST_RESULT);
        } catch (IllegalArgumentException wrong) {
            throw new NotDeliveredYet("the queue's URL or secret can't be used", wrong);
        }
    }

    private Mono<Void> judged(Job job, WebhookAnswer answer) {
        if (answer.status() == ACCEPTED) {
            return claims.renew(List.of(job), LEASE).then();
        }
        if (answer.isSuccess()) {
            return attempts.complete(job, result(answer)).then();
        }
        String reason = "answered with " + answer.status();
        boolean forGood = answer.status() >= REFUSED && answer.status() < BROKEN && !LATER.contains(answer.status());
        return Mono.error(
                forGood
                        ? new Undeliverable(reason)
                        : new NotDeliveredYet(
                                reason, answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter(), null));
    }

    /** JSON that is whole; what else an answer says is not kept. */
    private @Nullable String result(WebhookAnswer answer) {
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
