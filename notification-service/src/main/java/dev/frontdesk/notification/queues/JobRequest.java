package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.PlainText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.kit.web.Timestamps;
import dev.frontdesk.notification.jobs.DueTime;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to add a job.
 *
 * @param kind for people, and for the job's worker; {@code job} when missing
 * @param key idempotency key; one job per key and queue is added
 * @param priority 0 is first, 10 is ordinary
 * @param dueAt when the job may begin, or {@code delayMs} from now; at once when both are missing
 * @param expiresAt when the job is no longer worth doing
 * @param repeatable if it is unknown whether the job was done: true to do it again, false to risk that it is not done
 */
public record JobRequest(
        @Nullable String kind,
        @Nullable StorableJson payload,
        @Nullable String key,
        @Nullable Integer priority,
        @Nullable String dueAt,
        @Nullable Long delayMs,
        @Nullable String expiresAt,
        @Nullable Integer maxAttempts,
        @Nullable Long backoffMs,
        @Nullable Boolean repeatable) {

    static final int LARGEST_PAYLOAD = 256 * 1024;
    private static final int MOST_PRIORITY = 100;
    private static final PlainText KEY = PlainText.line(255);

    /**
     * @param prefix of the field names in error messages
     * @param fallbackKey for a job without a key of its own
     */
    public NewJob job(
            TenantId tenant,
            Queue queue,
            Instant now,
            FieldReader fields,
            String prefix,
            @Nullable String fallbackKey) {
        String readKind = fields.optional(prefix + "kind", kind, KindName::read).orElse("job");
        String readKey = fields.optional(prefix + "key", key, KEY::read).orElse(fallbackKey);
        fields.range(prefix + "priority", priority, 0, MOST_PRIORITY);
        fields.range(prefix + "delay_ms", delayMs, 0, DueTime.AHEAD.toMillis());
        fields.range(prefix + "max_attempts", maxAttempts, 1, Retries.MOST);
        fields.range(prefix + "backoff_ms", backoffMs, 1, QueueSettings.LONGEST_BACKOFF_MS);
        if (dueAt != null && delayMs != null) {
            fields.refuse(prefix + "delay_ms", "can't be combined with due_at");
        }
        var due = fields.optional(prefix + "due_at", dueAt, text -> DueTime.read(text, now))
                .or(() -> Optional.ofNullable(delayMs)
                        .filter(ms -> ms <= DueTime.AHEAD.toMillis())
                        .map(now::plusMillis));
        var expires = fields.optional(prefix + "expires_at", expiresAt, text -> readExpiry(text, now));
        if (due.isPresent() && expires.isPresent() && !due.get().isBefore(expires.get())) {
            fields.refuse(prefix + "expires_at", "must be after the due time of the job");
        }
        String text = payload == null ? "{}" : payload.text();
        if (payload != null && payload.size() > LARGEST_PAYLOAD) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE, "A job's payload may have at most " + LARGEST_PAYLOAD + " bytes.");
        }
        return new NewJob(
                tenant,
                queue.name().value(),
                readKind,
                readKey,
                priority == null ? NewJob.ORDINARY : priority,
                due.orElse(null),
                expires.orElse(null),
                retries(queue),
                repeatable == null || repeatable,
                text,
                null);
    }

    /**
     * Numbers out of range are already reported; they are clamped here only to make a valid value. Null if the request
     * sets neither number.
     */
    private @Nullable Retries retries(Queue queue) {
        if (maxAttempts == null && backoffMs == null) {
            return null;
        }
        Integer times = maxAttempts != null ? maxAttempts : queue.maxAttempts();
        Long wait = backoffMs != null ? backoffMs : queue.backoffMs();
        return new Retries(
                times == null ? Retries.DEFAULT.attempts() : Math.clamp(times, 1, Retries.MOST),
                wait == null ? Retries.DEFAULT.firstBackoff() : Duration.ofMillis(Math.max(1, wait)));
    }

    private static Instant readExpiry(String text, Instant now) {
        Instant expiry = Timestamps.read(text);
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(DueTime.AHEAD).plus(DueTime.AHEAD))) {
            throw new IllegalArgumentException("must be in the future, at most two years ahead");
        }
        return expiry;
    }
}
