package dev.frontdesk.notification.webhooks;

import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.outbound.OutboundResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request of a delivery and its outcome.
 *
 * @param headers the headers of the request
 * @param answer null when no response came
 * @param failure why the attempt failed; null when it succeeded
 */
record Attempt(
        Delivery delivery,
        Map<String, String> headers,
        UUID jobId,
        int number,
        Instant startedAt,
        Duration took,
        @Nullable OutboundResponse answer,
        @Nullable String failure) {

    static Attempt answered(
            Delivery delivery,
            Map<String, String> headers,
            Job job,
            Instant startedAt,
            Duration took,
            OutboundResponse answer) {
        String failure = answer.isSuccess() ? null : "answered " + answer.status();
        return new Attempt(delivery, headers, job.id(), job.attempt(), startedAt, took, answer, failure);
    }

    static Attempt unanswered(
            Delivery delivery, Map<String, String> headers, Job job, Instant startedAt, Duration took, String reason) {
        return new Attempt(delivery, headers, job.id(), job.attempt(), startedAt, took, null, reason);
    }

    boolean succeeded() {
        return failure == null;
    }

    boolean isGone() {
        return answer != null && answer.isGone();
    }
}
