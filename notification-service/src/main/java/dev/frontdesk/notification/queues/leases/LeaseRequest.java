package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.notification.queues.QueueName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An external worker's request for jobs.
 *
 * @param worker its name, as free text, for people who look at the job
 * @param max maximum number of jobs; 1 when missing
 * @param leaseMs how long the worker holds the jobs before another worker may take them, in ms; a minute when missing
 * @param waitMs how long to wait when there are no jobs, in ms; 0 when missing
 */
record LeaseRequest(
        @Nullable String worker,
        @Nullable Integer max,
        @Nullable Integer leaseMs,
        @Nullable Integer waitMs) {

    private static final int DEFAULT_LEASE_MS = 60_000;
    private static final int SHORTEST_LEASE_MS = 1000;
    private static final int LONGEST_LEASE_MS = 60 * 60 * 1000;
    private static final int LONGEST_WAIT_MS = 20_000;
    private static final int MOST = 100;
    private static final int LONGEST_WORKER = 64;

    Leases.Wanted read(TenantId tenant, QueueName queue) {
        var fields = new FieldReader();
        String name = worker == null ? "" : WorkerText.shown(worker, LONGEST_WORKER);
        fields.range("max", max, 1, MOST);
        fields.range("wait_ms", waitMs, 0, LONGEST_WAIT_MS);
        Duration lease = lease(leaseMs, fields);
        fields.check();
        return new Leases.Wanted(
                tenant,
                queue,
                LeasedJobs.OUTSIDE + name,
                max == null ? 1 : max,
                lease,
                Duration.ofMillis(waitMs == null ? 0 : waitMs));
    }

    static Duration lease(@Nullable Integer ms, FieldReader fields) {
        fields.range("lease_ms", ms, SHORTEST_LEASE_MS, LONGEST_LEASE_MS);
        return Duration.ofMillis(ms == null ? DEFAULT_LEASE_MS : ms);
    }
}
