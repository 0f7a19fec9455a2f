package dev.frontdesk.notification.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to be added.
 *
 * @param queue whose worker does the job, for example {@code email}
 * @param kind for people who read the table, and for the handler
 * @param key idempotency key: one job per key, tenant and queue is added; null for work requested only once
 * @param priority 0 is first, 10 is ordinary
 * @param dueAt when the job may begin; null is now
 * @param expiresAt when the job is no longer worth doing
 * @param retries null for the queue's setting, or {@link Retries#DEFAULT}
 * @param repeatable if it is unknown whether the job was done: true to do it again, false to risk that it is not done
 * @param payload JSON without secrets
 * @param sealed a secret that only the handler can open; deleted when the job ends
 */
public record NewJob(
        TenantId tenant,
        String queue,
        String kind,
        @Nullable String key,
        int priority,
        @Nullable Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable Retries retries,
        boolean repeatable,
        String payload,
        @Nullable String sealed) {

    public static final int ORDINARY = 10;

    /** A job with ordinary priority, due now. */
    public static NewJob of(TenantId tenant, String queue, String kind, String payload) {
        return new NewJob(tenant, queue, kind, null, ORDINARY, null, null, null, true, payload, null);
    }

    public NewJob withKey(String idempotencyKey) {
        return new NewJob(
                tenant, queue, kind, idempotencyKey, priority, dueAt, expiresAt, retries, repeatable, payload, sealed);
    }

    public NewJob withPriority(int number) {
        return new NewJob(tenant, queue, kind, key, number, dueAt, expiresAt, retries, repeatable, payload, sealed);
    }

    public NewJob dueAt(@Nullable Instant time) {
        return new NewJob(tenant, queue, kind, key, priority, time, expiresAt, retries, repeatable, payload, sealed);
    }

    public NewJob expiringAt(@Nullable Instant time) {
        return new NewJob(tenant, queue, kind, key, priority, dueAt, time, retries, repeatable, payload, sealed);
    }

    public NewJob withRetries(Retries other) {
        return new NewJob(tenant, queue, kind, key, priority, dueAt, expiresAt, other, repeatable, payload, sealed);
    }

    public NewJob notRepeatable() {
        return new NewJob(tenant, queue, kind, key, priority, dueAt, expiresAt, retries, false, payload, sealed);
    }

    public NewJob withSecret(@Nullable String secret) {
        return new NewJob(tenant, queue, kind, key, priority, dueAt, expiresAt, retries, repeatable, payload, secret);
    }
}
