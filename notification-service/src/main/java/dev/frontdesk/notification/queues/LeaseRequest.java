package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.fields.FieldReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker outside asks for.
 *
 * @param worker its name in any words, for people who look at the job
 * @param max jobs at once; 1 when missing
 * @param leaseSeconds how long it has them before they are somebody else's; 60 when missing
 * @param waitSeconds how long the answer may take when there are none; 0 when missing
 */
record LeaseRequest(
        @Nullable String worker,
        @Nullable Integer max,
        @Nullable Integer leaseSeconds,
        @Nullable Integer waitSeconds) {

    static final int DEFAULT_LEASE_SECONDS = 60;
    private static final int LONGEST_LEASE_SECONDS = 3600;
    private static final int LONGEST_WAIT_SECONDS = 20;
    private static final int MOST = 100;
    private static final int LONGEST_WORKER = 64;

    Leases.Wanted read(TenantId tenant, QueueName queue) {
        var fields = new FieldReader();
        String name = worker == null ? "" : WorkerText.shown(worker, LONGEST_WORKER);
        Bounds.check(fields, "max", max, 1, MOST);
        Bounds.check(fields, "wait_seconds", waitSeconds, 0, LONGEST_WAIT_SECONDS);
        Duration lease = lease(leaseSeconds, fields);
        fields.check();
        return new Leases.Wanted(
                tenant,
                queue,
                HeldJobs.OUTSIDE + name,
                max == null ? 1 : max,
                lease,
                Duration.ofSeconds(waitSeconds == null ? 0 : waitSeconds));
    }

    static Duration lease(@Nullable Integer seconds, FieldReader fields) {
        Bounds.check(fields, "lease_seconds", seconds, 1, LONGEST_LEASE_SECONDS);
        return Duration.ofSeconds(seconds == null ? DEFAULT_LEASE_SECONDS : seconds);
    }
}
