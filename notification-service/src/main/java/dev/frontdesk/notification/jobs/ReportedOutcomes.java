package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Stores outcomes that are reported from outside: of leased jobs, and of pushed jobs that their receiver accepted. */
@Repository
public class ReportedOutcomes {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String FIND = "SELECT " + JobClaims.COLUMNS + """
            , state, worker, history -> -1 ->> 'outcome' AS last_outcome
            FROM jobs WHERE tenant = :tenant AND queue = :queue AND id = :id
            """;

    private final DatabaseClient database;
    private final JobCompletions jobCompletions;
    private final JobProperties properties;

    ReportedOutcomes(DatabaseClient database, JobCompletions jobCompletions, JobProperties properties) {
        this.database = database;
        this.jobCompletions = jobCompletions;
        this.properties = properties;
    }

    /**
     * The current state of a job.
     *
     * @param job with the fence of its last claim
     * @param worker that holds the job, or held it last
     * @param lastOutcome of the last attempt that did not complete
     */
    public record Standing(
            Job job,
            String state,
            @Nullable String worker,
            @Nullable String lastOutcome) {

        /** Whether the last worker has already reported this attempt as failed. */
        public boolean failedAtThisFence() {
            return state.equals("delayed") && "retried".equals(lastOutcome)
                    || state.equals("failed") && "failed".equals(lastOutcome);
        }
    }

    /** Empty if the tenant's queue has no such job. */
    public Mono<Standing> find(TenantId tenant, String queue, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("queue", queue)
                .bind("id", id)
                .map(ReportedOutcomes::standing)
                .one()
                .timeout(TIMEOUT);
    }

    /**
     * @param result JSON
     * @return false if the claim was lost in the meantime
     */
    public Mono<Boolean> complete(Job job, @Nullable String result) {
        return jobCompletions.end(job.id(), job.fence(), new Outcome.Done(result));
    }

    /**
     * @param error as a {@link JobHandler} may signal it
     * @return the new state of the job; empty if the claim was lost in the meantime
     */
    public Mono<String> fail(Job job, Throwable error) {
        Outcome outcome = Outcome.of(error, job, job.nextBackoff(properties.longestBackoff()));
        return jobCompletions
                .end(job.id(), job.fence(), outcome)
                .filter(mine -> mine)
                .map(_ -> outcome.state());
    }

    private static Standing standing(Readable row) {
        return new Standing(
                JobClaims.job(row),
                required(row, "state", String.class),
                row.get("worker", String.class),
                row.get("last_outcome", String.class));
    }
}
