package dev.frontdesk.notification.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claimed jobs for tests that need no table. */
public final class JobFixture {

    private JobFixture() {}

    /** The first of three attempts. */
    public static Job job(String kind) {
        return job(UUID.randomUUID(), kind, 1, 0, true, null, null, null);
    }

    public static Job job(UUID id, String kind, int attempt, @Nullable String traceparent) {
        return job(id, kind, attempt, 0, true, null, null, traceparent);
    }

    public static Job job(String kind, Instant expiresAt, @Nullable String sealed) {
        return job(UUID.randomUUID(), kind, 1, 0, true, expiresAt, sealed, null);
    }

    static Job job(int attempt, int stalls, boolean repeatable, @Nullable Instant expiresAt) {
        return job(UUID.randomUUID(), "kind", attempt, stalls, repeatable, expiresAt, null, null);
    }

    private static Job job(
            UUID id,
            String kind,
            int attempt,
            int stalls,
            boolean repeatable,
            @Nullable Instant expiresAt,
            @Nullable String sealed,
            @Nullable String traceparent) {
        return new Job(
                id,
                0,
                TenantId.DEFAULT,
                "queue",
                kind,
                NewJob.ORDINARY,
                attempt,
                stalls,
                new Retries(3, Duration.ofSeconds(2)),
                repeatable,
                attempt,
                Instant.EPOCH,
                expiresAt,
                "{}",
                sealed,
                traceparent);
    }
}
