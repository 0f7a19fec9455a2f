package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobClaims;
import dev.frontdesk.notification.jobs.ReportedOutcomes;
import dev.frontdesk.notification.jobs.ReportedOutcomes.Standing;
import dev.frontdesk.notification.queues.QueueName;
import dev.frontdesk.notification.queues.QueueResolver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Applies an external worker's reports on a job. A report counts only with the current fence. If the response was lost
 * and the worker sends the same report again, it gets the same response.
 */
@Component
public final class LeasedJobs {

    /** Prefix of the names of workers with a lease. Clients cannot report on jobs of the service's own workers. */
    static final String OUTSIDE = "lease:";

    /** Prefix for receivers of pushed jobs. */
    public static final String PUSHED = "push:";

    private final ReportedOutcomes reportedOutcomes;
    private final JobClaims jobClaims;

    LeasedJobs(ReportedOutcomes reportedOutcomes, JobClaims jobClaims) {
        this.reportedOutcomes = reportedOutcomes;
        this.jobClaims = jobClaims;
    }

    /** Finds the job or fails with 404. */
    Mono<Standing> find(TenantId tenant, QueueName queue, UUID id) {
        return QueueResolver.jobOr404(reportedOutcomes.find(tenant, queue.value(), id));
    }

    Mono<Void> renew(Standing standing, long fence, Duration lease) {
        return jobClaims
                .renew(List.of(held(standing, fence)), lease)
                .flatMap(kept -> kept.isEmpty() ? lost() : Mono.empty());
    }

    Mono<Void> progress(Standing standing, long fence, int percent) {
        return jobClaims.progress(held(standing, fence), percent).flatMap(LeasedJobs::orLost);
    }

    Mono<Void> complete(Standing standing, long fence, @Nullable String result) {
        if (standing.state().equals("completed") && isOfOutside(standing, fence)) {
            return Mono.empty();
        }
        return reportedOutcomes.complete(held(standing, fence), result).flatMap(LeasedJobs::orLost);
    }

    /** @return the new state of the job */
    Mono<String> fail(Standing standing, long fence, RuntimeException reason) {
        if (standing.failedAtThisFence() && isOfOutside(standing, fence)) {
            return Mono.just(standing.state());
        }
        return reportedOutcomes.fail(held(standing, fence), reason).switchIfEmpty(lost());
    }

    private static Job held(Standing standing, long fence) {
        if (!standing.state().equals("active") || !isOfOutside(standing, fence)) {
            throw lease();
        }
        return standing.job();
    }

    private static boolean isOfOutside(Standing standing, long fence) {
        String worker = standing.worker();
        return standing.job().fence() == fence
                && worker != null
                && (worker.startsWith(OUTSIDE) || worker.startsWith(PUSHED));
    }

    private static Mono<Void> orLost(boolean mine) {
        return mine ? Mono.empty() : lost();
    }

    private static <T> Mono<T> lost() {
        return Mono.error(LeasedJobs::lease);
    }

    private static ProblemException lease() {
        return new ProblemException(ProblemType.LEASE_LOST, "The lease with this fence is over. Stop this work.");
    }
}
